// The incoming-call pop-up's page.
import { start } from '../common/start.tsx';
import { IncomingWindow } from './IncomingWindow.tsx';

start(<IncomingWindow />);
