// The calls part of the main window.
export { CallDock, type CallDockProps } from './CallDock.tsx';
export { choiceOf, deviceName, isChosen, nameInUse, realDevices } from './device-names.ts';
