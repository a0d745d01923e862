// The system's dialogs that ask for a file, and when one is open: who watches the window then waits for nothing.
import type { Dialog } from 'electron';

export type FileDialogs = Pick<Dialog, 'showSaveDialog' | 'showOpenDialog'>;

/** The same dialogs; `told` hears when one opens and when it was answered. */
export function watched(dialogs: FileDialogs, told: (isOpen: boolean) => void): FileDialogs {
  const whileOpen = <Given extends unknown[], Answer>(show: (...given: Given) => Promise<Answer>) => {
    return async (...given: Given): Promise<Answer> => {
      told(true);
      try {
        return await show(...given);
      } finally {
        told(false);
      }
    };
  };
  return {
    showSaveDialog: whileOpen(dialogs.showSaveDialog.bind(dialogs)),
    showOpenDialog: whileOpen(dialogs.showOpenDialog.bind(dialogs)),
  };
}
