import type { MessagesPanelContract } from '../../src/protocol/messagesPanel';
import { startPanel } from '../shared/startPanel';
import './messages.css';
import { MessagesPanel } from './messagesPanel';

startPanel<MessagesPanelContract>((context) => new MessagesPanel(context));
