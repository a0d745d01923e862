// The line under the field: "Dials +41 44 ...", whose number that is, or why it cannot be dialled.
import type { ReactNode } from 'react';
import { t } from '../../common/index.ts';
import { ownerOf } from './dial-words.ts';
import { useDialField } from './dial-field-context.tsx';

export function DialPreviewLine(): ReactNode {
  const { problem, preview, hit } = useDialField();
  if (problem !== null) {
    return (
      <div className="preview bad" role="alert">
        {problem}
      </div>
    );
  }
  if (!preview) return null;
  if (!preview.dialable) {
    return preview.why === null ? null : (
      <div className="preview bad" role="status">
        {preview.why}
      </div>
    );
  }
  const owner =
    hit?.kind === 'person' && hit.person.number ? ownerOf(hit.person.name, hit.person.number.kind) : undefined;
  return (
    <div className="preview" role="status">
      <span className="what">
        {t('main:dials')} <b className="num">{preview.shown}</b>
      </span>
      {owner && <span className="owner cut">{owner}</span>}
    </div>
  );
}
