import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { requireProgram } from './programs';
import { run } from './run';

/** PEM files of a throw-away authority, a server for localhost and 127.0.0.1, and a client whose common name is `guest`. */
export interface Certificates {
  readonly caFile: string;
  readonly server: CertificateAndKey;
  readonly client: CertificateAndKey;
}

interface CertificateAndKey {
  readonly certFile: string;
  readonly keyFile: string;
}

export async function makeCertificates(folder: string): Promise<Certificates> {
  const openssl = await requireProgram(['openssl'], ['openssl']);
  await mkdir(folder, { recursive: true });
  const file = (name: string): string => path.join(folder, name);
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  await run(openssl, ['req', '-x509', ...newKey, '-keyout', file('ca.key'), '-out', file('ca.pem'), '-days', '30',
    '-subj', '/CN=AMQP Workbench lab authority', '-addext', 'keyUsage=critical,keyCertSign,cRLSign']); // prettier-ignore

  const sign = async (name: string, commonName: string, extensions: string): Promise<CertificateAndKey> => {
    await writeFile(file(`${name}.ext`), extensions);
    await run(openssl, [
      'req',
      ...newKey,
      '-keyout',
      file(`${name}.key`),
      '-out',
      file(`${name}.csr`),
      '-subj',
      `/CN=${commonName}`,
    ]);
    await run(openssl, ['x509', '-req', '-in', file(`${name}.csr`), '-CA', file('ca.pem'), '-CAkey', file('ca.key'), '-CAcreateserial',
      '-days', '30', '-extfile', file(`${name}.ext`), '-out', file(`${name}.pem`)]); // prettier-ignore
    return { certFile: file(`${name}.pem`), keyFile: file(`${name}.key`) };
  };
  return {
    caFile: file('ca.pem'),
    server: await sign(
      'server',
      'localhost',
      'subjectAltName=DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth\n',
    ),
    client: await sign('client', 'guest', 'extendedKeyUsage=clientAuth\n'),
  };
}
