// Portuguese words that every window uses.
import type { Words } from '../catalog.ts';
import type { en } from '../en/index.ts';

export const common = {
  add: 'Adicionar',
  back: 'Voltar',
  call: 'Ligar',
  cancel: 'Cancelar',
  clear: 'Limpar',
  close: 'Fechar',
  delete: 'Eliminar',
  done: 'Concluído',
  edit: 'Editar',
  more: 'Mais',
  remove: 'Remover',
  save: 'Guardar',
  tryAgain: 'Tentar de novo',
  tryNow: 'Tentar agora',
  undo: 'Anular',
  today: 'Hoje',
  yesterday: 'Ontem',
  available: 'Disponível',
  connecting: 'A ligar…',
  offline: 'Offline',
  offlineCause: 'Offline: {{cause}}',
  off: 'Não',
  doNotDisturb: 'Não incomodar',
  working: 'A processar…',
  noAnswerFromPhone: 'O telefone não respondeu. Feche esta janela e volte a abri-la.',
} satisfies Words<(typeof en)['common']>;
