// HeadsetSign: whether the headset's buttons work, beside the account's state; opens its settings.
import type { ReactNode } from 'react';
import type { HeadsetState } from '../../../contract/index.ts';
import { Icon, IconButton, t, usePhone, problemText } from '../../common/index.ts';

function words(headset: HeadsetState): string {
  switch (headset.name) {
    case 'none':
      return t('main:headset');
    case 'ready':
      return t('main:headsetReady', { product: headset.product });
    case 'in-use-elsewhere':
      return t('main:headsetElsewhere', { product: headset.product });
    case 'refused':
      return t('main:headsetRefused', { product: headset.product });
  }
}

export function HeadsetSign({ asChip, onOpen }: { asChip: boolean; onOpen: () => void }): ReactNode {
  const headset = usePhone((state) => state.headset);
  const label = words(headset);
  if (!asChip || headset.name === 'none') {
    return (
      <IconButton
        label={label}
        icon="headset"
        className={headset.name === 'ready' ? 'headset-sign' : 'headset-sign is-faint'}
        title={headset.name === 'refused' ? problemText(headset.problem) : label}
        onClick={onOpen}
      />
    );
  }
  return (
    <button type="button" className="chip" aria-label={label} title={label} onClick={onOpen}>
      <Icon name="headset" size={14} />
      {headset.product}
    </button>
  );
}
