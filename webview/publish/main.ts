import type { PublishPanelContract } from '../../src/protocol/publishPanel';
import { startPanel } from '../shared/startPanel';
import './publish.css';
import { PublishPanel } from './publishPanel';

startPanel<PublishPanelContract>((context) => new PublishPanel(context));
