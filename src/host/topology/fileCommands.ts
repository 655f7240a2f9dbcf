import type { BrokerSessions } from '../brokers/brokerSessions';
import type { CommandHandlers } from '../commands/commandTable';
import type { TopologyFiles } from '../topologyFiles';
import { checkAllFiles } from './checkAllFiles';
import { selectTarget, selectTopologyBroker } from './selectTarget';
import type { TopologyBroker } from './topologyBroker';

type FileCommandId = 'amqp.checkAllTopologyFiles' | 'amqp.selectTarget' | 'amqp.selectTopologyBroker';

/** How topology files are checked, and which broker they are about. */
export function fileCommands(
  files: TopologyFiles,
  broker: TopologyBroker,
  sessions: BrokerSessions,
): Pick<CommandHandlers, FileCommandId> {
  return {
    'amqp.checkAllTopologyFiles': () => checkAllFiles(files),
    'amqp.selectTarget': () => selectTarget(sessions.connected()),
    'amqp.selectTopologyBroker': () => selectTopologyBroker(broker),
  };
}
