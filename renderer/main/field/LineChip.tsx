// LineChip: which account the call goes out from; a menu where there are several.
import type { ReactNode } from 'react';
import { Chip, Icon, MenuButton, t, usePhone } from '../../common/index.ts';
import { defaultAccount } from '../title/account-words.ts';
import { useDialField } from './use-dial-field.ts';

export interface LineChipProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

export function LineChip({ isOpen, onOpenChange }: LineChipProps): ReactNode {
  const field = useDialField();
  const accounts = usePhone((state) => state.accounts);
  const standard = usePhone(defaultAccount);
  const usable = accounts.filter(({ config }) => config.enabled);
  const chosen = usable.find(({ config }) => config.id === field.accountId) ?? standard;
  if (!chosen) return null;
  if (usable.length < 2) return <Chip className="line-chip cut">{chosen.config.label}</Chip>;
  return (
    <MenuButton
      className="chip line-chip"
      label={`${t('main:callFrom')} ${chosen.config.label}`}
      menuLabel={t('main:callFrom')}
      placement="bottom end"
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      parts={[
        {
          label: t('main:callFrom'),
          entries: usable.map(({ config }) => ({
            id: config.id,
            label: config.label,
            note: config.address,
            checked: config.id === chosen.config.id,
            onAction: () => field.setAccountId(config.id),
          })),
        },
      ]}
    >
      <span className="cut">{chosen.config.label}</span>
      <Icon name="chevron-down" size={12} />
    </MenuButton>
  );
}
