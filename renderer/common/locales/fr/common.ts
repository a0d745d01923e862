// French words that every window uses.
import type { Words } from '../catalog.ts';
import type { en } from '../en/index.ts';

export const common = {
  add: 'Ajouter',
  back: 'Retour',
  call: 'Appeler',
  cancel: 'Annuler',
  clear: 'Effacer',
  close: 'Fermer',
  delete: 'Supprimer',
  done: 'Terminé',
  edit: 'Modifier',
  more: 'Plus',
  remove: 'Retirer',
  save: 'Enregistrer',
  tryAgain: 'Réessayer',
  tryNow: 'Essayer maintenant',
  undo: 'Annuler',
  today: 'Aujourd’hui',
  yesterday: 'Hier',
  available: 'Disponible',
  connecting: 'Connexion…',
  offline: 'Hors ligne',
  offlineCause: 'Hors ligne : {{cause}}',
  off: 'Désactivé',
  doNotDisturb: 'Ne pas déranger',
  working: 'En cours…',
  noAnswerFromPhone: 'Le téléphone n’a pas répondu. Fermez cette fenêtre et rouvrez-la.',
} satisfies Words<(typeof en)['common']>;
