import { connectingContract } from './connecting';
import type { ContractBroker } from './bench';
import { definitionsContract } from './definitions';
import { givingBackContract } from './givingBack';
import { headersContract } from './headers';
import { managementContract } from './managing';
import { namesContract } from './names';
import { publishingContract } from './publishing';
import { streamContract } from './streams';
import { topologyContract } from './topology';

/** Everything that callers of a broker's two ports rely on; the same for the in-memory broker and for real ones. */
export function brokerContract(under: ContractBroker): void {
  connectingContract(under);
  topologyContract(under);
  publishingContract(under);
  givingBackContract(under);
  streamContract(under);
  managementContract(under);
  namesContract(under);
  headersContract(under);
  definitionsContract(under);
}
