// DropTarget: a file of people that is dropped on the directory is read and looked at.
import { useState, type DragEvent, type ReactNode } from 'react';
import { Icon, run, showToast, t } from '../../../common/index.ts';
import './import.css';

export function DropTarget({ children }: { children: ReactNode }): ReactNode {
  const [isOver, setIsOver] = useState(false);
  const over = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    setIsOver(true);
  };
  const leave = (event: DragEvent<HTMLElement>) => {
    const to = event.relatedTarget;
    if (!(to instanceof Node) || !event.currentTarget.contains(to)) setIsOver(false);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    const [file] = event.dataTransfer.files;
    if (file) void sendFile(file);
  };
  return (
    <div className="drop-target" onDragEnter={over} onDragOver={over} onDragLeave={leave} onDrop={drop}>
      {children}
      {isOver && (
        <div className="drop-here" role="status">
          <Icon name="upload" size={20} />
          {t('main:dropHere')}
        </div>
      )}
    </div>
  );
}

/** Rejects nothing: a folder, or a file that is gone, is said in words. */
async function sendFile(file: File): Promise<void> {
  let data;
  try {
    data = new Uint8Array(await file.arrayBuffer());
  } catch {
    showToast({ kind: 'problem', text: t('main:dropFailed', { file: file.name }) });
    return;
  }
  await run({ type: 'read-import', name: file.name.slice(0, 256), data });
}
