// The calls part of the main window.
export { CallDock, type CallDockProps } from './CallDock.tsx';
export { qualityDetails, qualityWord } from './quality-words.ts';
export { choiceOf, deviceName, isChosen, nameInUse, realDevices } from './device-names.ts';
