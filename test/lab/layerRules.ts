import type { IForbiddenRuleType } from 'dependency-cruiser';

/**
 * Who may import whom (DESIGN section 2), as one table. `from` and `may` are regular expressions over paths from the
 * root; everything a layer may not import is forbidden to it: files, packages and Node's own modules alike.
 */
interface Layer {
  readonly name: string;
  readonly from: string;
  readonly may: readonly string[];
  readonly why: string;
}

const base = '^src/core/base/';
const topology = '^src/core/topology/';
const message = '^src/core/message/';
const ports = '^src/core/broker/(?!openBroker)[^/]+\\.ts$';
const protocol = '^src/protocol/';
/** Node's modules appear by their bare names, packages below node_modules. */
const nodeModules =
  '^(node:)?(assert|buffer|child_process|crypto|events|fs|http|https|module|net|os|path|perf_hooks|process|stream|string_decoder|timers|tls|url|util|v8|worker_threads|zlib)(/|$)';

function npm(...names: string[]): string {
  return `(^|/)node_modules/(@types/)?(${names.join('|')})/`;
}

const layers: readonly Layer[] = [
  { name: 'base-imports-nothing', from: base, may: [base], why: 'core/base is the leaf everything rests on' },
  {
    name: 'topology-sees-base',
    from: topology,
    may: [base, topology, npm('re2js')],
    why: 'plain data about a broker; patterns of policies are searched for in linear time',
  },
  {
    name: 'message-sees-base',
    from: message,
    may: [base, message, npm('re2js')],
    why: 'plain data about a message; regular expressions in linear time are no business of ours',
  },
  {
    name: 'ports-see-data',
    from: ports,
    may: [base, topology, message, ports],
    why: 'a port says what is needed, never who does it',
  },
  {
    name: 'open-broker-joins',
    from: '^src/core/broker/openBroker\\.ts$',
    may: [base, topology, message, '^src/core/broker/'],
    why: 'it joins adapters and knows nothing else',
  },
  {
    name: 'amqp-adapter',
    from: '^src/core/broker/amqp/',
    may: [
      base,
      topology,
      message,
      ports,
      '^src/core/broker/(amqp|http)/',
      npm('amqplib', 'node'),
      nodeModules,
    ],
    why: 'adapters import the ports, never each other',
  },
  {
    name: 'rabbitmq-adapter',
    from: '^src/core/broker/rabbitmq/',
    may: [base, topology, message, ports, '^src/core/broker/(rabbitmq|http)/', nodeModules],
    why: 'adapters import the ports, never each other',
  },
  {
    name: 'memory-adapter',
    from: '^src/core/broker/memory/',
    may: [base, topology, message, ports, '^src/core/broker/memory/', nodeModules],
    why: 'adapters import the ports, never each other',
  },
  {
    name: 'http-client',
    from: '^src/core/broker/http/',
    may: [base, ports, '^src/core/broker/http/', npm('undici', 'node'), nodeModules],
    why: 'a plain HTTP client for adapters',
  },
  {
    name: 'peek-sees-ports',
    from: '^src/core/peek/',
    may: [base, topology, message, ports, '^src/core/peek/'],
    why: 'the algorithm is pure: ports, never adapters',
  },
  {
    name: 'tail-sees-ports',
    from: '^src/core/tail/',
    may: [base, topology, message, ports, '^src/core/tail/'],
    why: 'the engine is pure: ports, never adapters',
  },
  {
    name: 'topology-file-sees-topology',
    from: '^src/core/topologyFile/(?!manifests/)',
    may: [base, topology, '^src/core/topologyFile/'],
    why: 'the language service runs anywhere',
  },
  {
    name: 'manifests-read-yaml',
    from: '^src/core/topologyFile/manifests/',
    may: [base, topology, '^src/core/topologyFile/', npm('yaml')],
    why: 'one folder knows YAML, and it runs anywhere too',
  },
  { name: 'protocol-is-data', from: protocol, may: [base, topology, message, protocol], why: 'plain data' },
  {
    name: 'worker-sees-core',
    from: '^src/worker/',
    may: [
      '^src/core/(?!broker/[^/]+/|topologyFile/)',
      protocol,
      '^src/worker/',
      nodeModules,
      npm('fzstd', 'node'),
    ],
    why: 'brokers are opened through openBroker',
  },
  {
    name: 'server-sees-core',
    from: '^src/server/(?!broker/|cli\\.ts$)',
    may: [
      '^src/core/(base|topology|topologyFile)/',
      protocol,
      '^src/server/(?!broker/)',
      nodeModules,
      npm('vscode-languageserver[^/]*', 'vscode-jsonrpc', 'node'),
    ],
    why: 'the rules of topology files, on a wire or a command line',
  },
  {
    name: 'command-line-sees-brokers',
    from: '^src/server/(broker/|cli\\.ts$)',
    may: [
      '^src/core/(base|topology|topologyFile)/',
      '^src/core/broker/[^/]+\\.ts$',
      '^src/server/',
      nodeModules,
    ],
    why: 'the command line alone asks brokers: the language server carries no client for them',
  },
  {
    name: 'host-sees-protocol',
    from: '^src/(host/|extension\\.ts$)',
    may: [
      base,
      topology,
      message,
      '^src/core/broker/(profile|amqpUri)\\.ts$',
      protocol,
      '^src/(host/|extension\\.ts$)',
      '^vscode$',
      npm('vscode', 'vscode-language(client|server)[^/]*', 'node'),
      nodeModules,
    ],
    why: 'the host shares its thread with other extensions: sockets and bodies live in the worker',
  },
  {
    name: 'language-client-only-there',
    from: '^src/(?!host/languageClient/)',
    may: ['^(?!.*node_modules/vscode-languageclient)'],
    why: 'the language client is a bundle of its own, loaded when a topology file is first seen',
  },
  {
    name: 'webview-sees-protocol',
    from: '^webview/(?!shared/controls\\.ts$)',
    may: [
      base,
      topology,
      message,
      protocol,
      '^webview/',
      npm('lit', 'lit-html', 'lit-element', '@lit/[^/]+', '@vscode/codicons'),
    ],
    why: 'webviews run in a browser and own only what is on screen',
  },
  {
    name: 'toolkit-in-one-file',
    from: '^webview/shared/controls\\.ts$',
    may: [npm('@vscode/webview-ui-toolkit', '@microsoft/fast-[^/]+')],
    why: 'the toolkit is archived upstream: its successor must be a one-file change',
  },
];

/** Rules that the table cannot say. */
const special: IForbiddenRuleType[] = [
  {
    name: 'no-cycles',
    comment: 'No cycles, not even of types.',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'amqplib-only-in-its-adapter',
    comment: 'amqplib is imported only under core/broker/amqp.',
    severity: 'error',
    from: { pathNot: '^(src/core/broker/amqp/|test/)' },
    to: { path: 'node_modules/(@types/)?amqplib' },
  },
  {
    name: 'adapters-only-through-open-broker',
    comment: 'openBroker alone knows the adapters.',
    severity: 'error',
    from: {
      path: '^(src|webview)/',
      pathNot: '^src/core/broker/(openBroker\\.ts$|(amqp|rabbitmq|memory|http)/)',
    },
    to: { path: '^src/core/broker/[^/]+/' },
  },
  {
    name: 'nothing-unresolved',
    comment: 'An import that leads nowhere hides from every other rule.',
    severity: 'error',
    from: { path: '^(src|webview)/' },
    to: { couldNotResolve: true, pathNot: '^vscode$' },
  },
];

export const layerRules: readonly IForbiddenRuleType[] = [
  ...layers.map((layer): IForbiddenRuleType => ({
    name: layer.name,
    comment: layer.why,
    severity: 'error',
    from: { path: layer.from },
    to: { pathNot: [...layer.may] },
  })),
  ...special,
];
