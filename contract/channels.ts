// Names of the IPC channels between preload and main process, in one place for both.
export const channels = {
  command: 'hookswitch:command',
  query: 'hookswitch:query',
  state: 'hookswitch:state',
  currentState: 'hookswitch:current-state',
  show: 'hookswitch:show',
  media: 'hookswitch:media',
  /** Also the data of the window message that brings the port to the media page. */
  enginePort: 'hookswitch:engine-port',
} as const;

/** Argument that tells a preload which window it serves. */
export const windowArgument = '--hookswitch-window=';
