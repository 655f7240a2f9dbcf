import { writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Two native modules of the VS Code server would need a compiler. Without the first no extension's output channel shows a line and
 * no log is written, so plain JavaScript stands in for it; the second watches for a dead parent, which our process groups do as well.
 */
export async function replaceNativeModules(serverFolder: string): Promise<void> {
  const index = (name: string): string =>
    path.join(serverFolder, 'node_modules', '@vscode', name, 'index.js');
  await writeFile(index('spdlog'), spdlog);
  await writeFile(index('native-watchdog'), watchdog);
}

/** Lines go to the file at once: what is read after a crash is there. */
const spdlog = `
const fs = require('fs');
const path = require('path');
const levels = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];

class Logger {
  constructor(_type, _name, file) {
    this.file = file;
    this.level = 2;
    this.formatted = true;
  }
  write(level, message) {
    if (level < this.level) return;
    const time = new Date().toISOString().replace('T', ' ').slice(0, 23);
    fs.appendFileSync(this.file, this.formatted ? time + ' [' + levels[level] + '] ' + message + '\\n' : message);
  }
  trace(message) { this.write(0, message); }
  debug(message) { this.write(1, message); }
  info(message) { this.write(2, message); }
  warn(message) { this.write(3, message); }
  error(message) { this.write(4, message); }
  critical(message) { this.write(5, message); }
  getLevel() { return this.level; }
  setLevel(level) { this.level = level; }
  setPattern() {}
  clearFormatters() { this.formatted = false; }
  flush() {}
  drop() {}
}

async function createLogger(name, file) {
  await fs.promises.mkdir(path.dirname(file), { recursive: true });
  return new Logger('', name, file);
}

exports.version = 0;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.Logger = Logger;
exports.createRotatingLogger = createLogger;
exports.createAsyncRotatingLogger = createLogger;
`;

const watchdog = `
exports.start = () => {};
exports.exit = (code) => process.exit(code || 0);
`;
