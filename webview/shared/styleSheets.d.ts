/** Style sheets are bundled by esbuild beside the script that names them. */
declare module '*.css';
