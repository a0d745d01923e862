// The main window.
import { start } from '../common/start.tsx';
import { App } from './App.tsx';

start(<App />);
