// French sentences of problems, by their codes.
import type { Catalog } from '../catalog.ts';

export const problems = {
  'account-gone': 'Le compte de cet appel a été supprimé.',
  'account-gone-for-good': 'Ce compte ne peut plus être rétabli. Ajoutez-le de nouveau.',
  'account-unknown': 'Ce compte n’est plus configuré.',
  'address-unknown': 'Le serveur ne connaît pas cette adresse. Vérifiez l’orthographe.',
  'bad-sdp': 'L’autre téléphone a décrit son audio de façon illisible : il n’y a pas de son.',
  'call-back-gone': 'Plus personne n’attend cette personne.',
  'call-failed': 'L’appel n’a pas pu être établi.',
  'call-forbidden': 'Le serveur n’autorise pas cet appel. Demandez à votre administrateur.',
  'call-gone': 'Cet appel n’est pas en communication, il ne peut pas être transféré.',
  'call-over': 'L’appel est terminé.',
  'call-redirected': 'Ce numéro a changé.',
  'certificate-not-trusted':
    'Le certificat du serveur n’est pas fiable, rien n’a été envoyé. Demandez à votre administrateur.',
  'change-refused': 'L’autre n’a pas accepté le changement.',
  'connection-lost': 'La connexion a été perdue. Le téléphone continue d’essayer.',
  'connection-refused':
    'Le serveur a refusé la connexion. Vérifiez le port et le transport, ou demandez à votre administrateur.',
  'database-damaged':
    'Le fichier des contacts et des appels était endommagé. Il a été mis de côté et Hookswitch en a commencé un nouveau.',
  'database-unavailable':
    'Les contacts et les appels ne peuvent pas être ouverts. Ce que vous ajoutez n’est gardé que jusqu’à la fermeture. Vérifiez le disque, puis relancez Hookswitch.',
  'dial-changed': 'Le numéro composé serait maintenant un autre, rien n’a été composé. Vérifiez-le et rappelez.',
  'disk-full': 'Le disque est plein. Libérez de la place et réessayez.',
  'encryption-required': 'Ce compte ne fait que des appels chiffrés, et l’autre téléphone n’offre pas de chiffrement.',
  'forward-to-self': 'C’est votre propre numéro. Choisissez-en un autre.',
  'headset-boom-up':
    'Votre casque garde le micro coupé. Abaissez le bras du micro ou rétablissez le micro sur le casque.',
  'headset-busy': 'Le casque est en communication. Testez-le une fois l’appel terminé.',
  'headset-not-opened':
    'Les boutons du casque sont inaccessibles. Fermez les autres programmes d’appel ou rebranchez le casque.',
  'headset-not-permitted':
    'Cet ordinateur n’autorise pas les boutons du casque. Demandez la règle de périphérique à votre administrateur, puis rebranchez-le.',
  'headset-not-readable':
    'Les boutons de ce casque ne sont pas encore lisibles sur ce système. Les appels fonctionnent ; répondez à l’écran.',
  'headset-not-writable':
    'Le casque n’accepte pas de commandes, ses voyants peuvent être faux. Rebranchez-le ou fermez les autres programmes d’appel.',
  'hold-failed': 'La mise en attente ou la reprise a échoué. Réessayez.',
  'host-unknown': 'Aucun serveur de ce nom. Vérifiez l’orthographe de l’adresse.',
  'import-gone': 'Cette importation est déjà retirée, ou trop ancienne. Supprimez ses personnes une à une.',
  'import-unreadable': 'Le fichier ne peut pas être lu. Vérifiez que c’est un fichier vCard, CSV ou LDIF.',
  'library-busy': 'L’annuaire est occupé. Réessayez dans un instant.',
  'library-damaged': 'Le fichier des contacts et des appels est endommagé. Relancez Hookswitch.',
  'library-disk-error': 'Les contacts et les appels ne peuvent être ni lus ni écrits. Vérifiez le disque.',
  'library-failed': 'Un problème est survenu avec les contacts et les appels. Réessayez.',
  'library-interrupted': 'L’annuaire a été interrompu. Réessayez.',
  'library-read-only': 'Les contacts et les appels ne peuvent pas être écrits. Vérifiez les droits du dossier.',
  'library-request-invalid': 'Cette demande à l’annuaire n’est pas valable.',
  'library-slow': 'L’annuaire met trop longtemps. Réessayez.',
  'library-stopped': 'L’annuaire s’est arrêté et redémarre. Réessayez.',
  'login-method-unknown': 'Le serveur demande une méthode de connexion que ce téléphone ne connaît pas.',
  'media-engine-stopped':
    'La partie qui transporte le son a redémarré. Si vous n’entendez rien dans un instant, rappelez.',
  'media-refused': 'L’autre téléphone a pris l’appel mais refusé le son.',
  'media-unresponsive': 'Le son n’est pas encore prêt. Attendez un instant et réessayez.',
  'media-window-stopped': 'La partie qui joue le son a redémarré. Si vous n’entendez rien, rappelez.',
  'message-empty': 'Il n’y a pas de texte à envoyer.',
  'message-too-long': 'Ce message est trop long. Envoyez-le en plusieurs fois.',
  'microphone-busy':
    'Le micro ne peut pas être ouvert ; un autre programme l’utilise peut-être. Fermez-le ou choisissez un autre micro.',
  'microphone-refused':
    'Hookswitch n’a pas le droit d’utiliser le micro, l’autre ne vous entendra pas. Autorisez-le dans les réglages de confidentialité.',
  'microphone-unplugged': 'Votre micro a été débranché. Rebranchez-le ; il est utilisé aussitôt.',
  'name-missing': 'Une personne a besoin d’un nom.',
  'name-service-unreachable': 'L’adresse du serveur n’a pas pu être trouvée. Vérifiez votre connexion Internet.',
  'no-account': 'Ajoutez d’abord votre compte : Hookswitch a besoin d’un serveur pour appeler.',
  'no-answer-from-phone': 'Le téléphone n’a pas répondu. Fermez cette fenêtre et rouvrez-la.',
  'no-common-codec': 'Les deux téléphones n’ont aucun format audio en commun.',
  'no-encryption': 'Cet ordinateur ne peut pas chiffrer le mot de passe. Déverrouillez le trousseau et réessayez.',
  'no-headset': 'Aucun casque connecté. Branchez-le et appuyez d’abord sur ses boutons.',
  'no-headset-test': 'Il n’y a pas encore de résultat. Lancez d’abord le test.',
  'no-microphone': 'Aucun micro trouvé, l’autre ne vous entendra pas. Branchez-en un ; il est utilisé aussitôt.',
  'no-network-port': 'Le son de cet appel n’a pas pu s’ouvrir sur le réseau. Vérifiez la connexion et réessayez.',
  'no-park-code': 'Le numéro qui parque un appel dépend de votre serveur. Notez-le dans Réglages, sous Appels.',
  'no-picture': 'Pas d’image de vous : la caméra ou l’écran n’a pas pu être utilisé. Le son continue.',
  'screens-unseen':
    'Hookswitch n’a pas le droit de voir votre écran. Autorisez-le dans les réglages du système, à la rubrique confidentialité et enregistrement de l’écran, puis réessayez.',
  'no-sdp-in-answer': 'L’autre a répondu sans dire comment lui envoyer le son. Réessayez.',
  'no-video-here': 'La vidéo demande un appel WebRTC. Le son continue.',
  'no-voicemail-number': 'Votre serveur n’indique pas le numéro de messagerie. Notez-le dans Réglages, sous Appels.',
  'not-a-sound-file': 'Ce fichier n’est ni WAV ni Ogg. Choisissez un fichier .wav, .ogg ou .opus.',
  'not-allowed': 'Cette fenêtre n’en a pas le droit.',
  'not-available': 'Pas disponible pour le moment.',
  'not-dialable': 'Ce n’est ni un numéro ni une adresse que l’on peut appeler.',
  'not-parked': 'Cet appel n’est plus parqué.',
  'not-permitted': 'Vous n’en avez pas le droit. Demandez à votre administrateur.',
  'not-published': 'Le serveur n’accepte pas l’état de ce téléphone, les autres ne le verront pas.',
  'not-reachable': 'Injoignable pour le moment : aucun téléphone n’y est connecté, ou il est réglé pour ne pas sonner.',
  'not-ringing': 'Cet appel a été refusé.',
  'not-saved': 'Le fichier n’a pas pu être écrit là. Choisissez un autre dossier.',
  'not-supported': 'Le serveur n’offre pas cela.',
  'not-valid': 'Une valeur n’est pas valable. Vérifiez la saisie.',
  'nothing-prepared': 'Préparez d’abord le dossier d’assistance, puis enregistrez-le.',
  'nothing-to-pick-up': 'Plus rien ne sonne là.',
  'number-unknown': 'Ce numéro n’existe pas.',
  'password-missing': 'Le serveur demande un mot de passe. Saisissez-le dans le compte.',
  'password-not-accepted':
    'Le serveur n’a pas accepté le mot de passe. Vérifiez les majuscules, ou demandez-en un nouveau à votre administrateur.',
  'person-gone': 'Cette personne n’est plus dans vos contacts.',
  'picture-refused': 'L’autre téléphone n’a pas accepté l’image. Vous vous entendez toujours.',
  'realm-changed':
    'Un serveur qui n’est pas le vôtre a demandé votre mot de passe, il n’a pas été envoyé. Demandez à votre administrateur.',
  'recording-failed':
    'L’enregistrement s’est arrêté car son fichier ne pouvait être écrit. Vérifiez le dossier et la place sur le disque.',
  'recording-folder': 'Impossible d’enregistrer dans ce dossier. Choisissez-en un autre dans les réglages.',
  'recording-gone': 'Cet enregistrement n’existe plus.',
  'redirected-in-circles':
    'Ce numéro renvoie les appels en boucle, l’appel n’a pas été passé. Demandez à votre administrateur.',
  'registration-brief':
    'Le serveur ne garde ce téléphone inscrit que peu de temps, des appels peuvent manquer. Demandez plus à votre administrateur.',
  'secure-connection-failed':
    'La connexion sécurisée au serveur n’a pas pu s’établir. Vérifiez le port et le transport.',
  'directory-trouble': 'Le serveur d’annuaire a lui-même un problème. Réessayez plus tard.',
  'server-address-wrong':
    'Ce n’est pas une adresse de serveur. Elle ressemble à sip.societe.fr, sip.societe.fr:5061 ou wss://societe.fr/ws.',
  'server-certificate':
    'Le certificat de ce serveur n’est pas accepté, rien ne lui a été envoyé. Vérifiez le nom du serveur, la date de cet ordinateur et le fichier CA.',
  'server-moved':
    'Le serveur envoie ce téléphone vers un serveur qui n’est pas le sien, rien n’y a été envoyé. Demandez à votre administrateur.',
  'server-name-taken': 'Une autre source a déjà ce nom. Choisissez-en un qui les distingue.',
  'server-refused': 'Le serveur a refusé d’inscrire ce téléphone. Demandez à votre administrateur.',
  'server-stuck':
    'Ce que ce serveur a envoyé n’a pas pu être lu à temps, la lecture a été abandonnée. Demandez à son administrateur.',
  'server-trouble': 'Le serveur est en panne pour le moment. Le téléphone continue d’essayer.',
  'server-unreachable': 'Le serveur ne répond pas. Vérifiez votre connexion réseau ; le téléphone continue d’essayer.',
  'set-by-administrator':
    'Votre administrateur a fixé ceci pour tous, cela ne peut pas être changé ici. Demandez-lui de le changer.',
  'settings-damaged': 'Le fichier des réglages était endommagé. Il a été mis de côté et Hookswitch a recommencé.',
  'settings-not-saved':
    'Les réglages n’ont pas été enregistrés : leur dossier n’est pas inscriptible. Vérifiez le disque et réessayez.',
  'settings-unreadable': 'Les réglages n’ont pas pu être lus. Hookswitch a commencé avec de nouveaux.',
  'silent-in':
    'Vous n’entendez rien : rien n’arrive de l’autre. Rappelez ; si cela dure, montrez ceci à votre administrateur.',
  'silent-out':
    'On ne vous entend pas : rien n’arrive d’ici. Rappelez ; si cela dure, montrez ceci à votre administrateur.',
  'sound-blocked':
    'Le son ne passe pas entre les parties de Hookswitch. Un programme de sécurité le bloque peut-être ; relancez Hookswitch.',
  'sound-lost': 'Le son de cet appel n’a pas pu être rétabli. Rappelez.',
  'speaker-unplugged': 'Votre haut-parleur a été débranché. Rebranchez-le ; il est utilisé aussitôt.',
  'subscription-final': 'Ce que l’on en sait ne changera plus.',
  'subscription-rejected': 'Vous ne pouvez pas voir cet état. Demandez à votre administrateur.',
  'subscription-unknown': 'Cela n’existe plus sur ce serveur.',
  'too-many-call-backs': 'Vous attendez déjà trop de personnes. Retirez-en d’abord une de la liste.',
  'transfer-failed': 'Le transfert a échoué. L’appelant est de nouveau avec vous.',
  'transfer-pending': 'Cet appel est déjà en cours de transfert. Attendez la réponse de l’autre téléphone.',
  'transfer-refused': 'L’autre téléphone a refusé le transfert. Vous êtes toujours en communication.',
  'transfer-unknown': 'L’autre n’a jamais dit si le transfert avait réussi. L’appelant est toujours là.',
  'transfer-unsupported': 'L’autre téléphone ne peut pas être transféré : il ne sait pas le faire.',
  'vault-not-written':
    'Le mot de passe n’a pas pu être enregistré : le disque est plein ou protégé. Il sert jusqu’à la fermeture.',
  'video-off': 'La vidéo est désactivée. Activez-la dans Réglages, sous Appels, pour montrer une image ou en voir une.',
  'websocket-refused': 'Le serveur a refusé la connexion WebSocket. Vérifiez l’adresse avec son chemin.',
  'server-silent': 'Le serveur ne répond pas. Vérifiez son nom et son port, et s’il est joignable d’ici.',
  'server-too-much':
    'Le serveur a répondu bien plus que demandé ; la réponse a été écartée. Demandez à son administrateur.',
  'server-garbage': 'La réponse du serveur est incompréhensible. Vérifiez le nom, le port et le chiffrement.',
  'server-password': 'Le serveur n’a pas accepté le nom et le mot de passe. Saisissez-les à nouveau.',
  'ca-file-unreadable': 'Le fichier CA est illisible. Vérifiez son chemin ; il doit être au format PEM.',
  'directory-refused': 'Le serveur refuse la connexion. Vérifiez le nom et le port.',
  'server-unknown': 'Aucun serveur ne porte ce nom. Vérifiez l’orthographe, et que vous êtes en ligne.',
  'server-hung-up': 'Le serveur a raccroché. Vérifiez le port et le chiffrement, ou réessayez.',
  'server-no-tls': 'La connexion sécurisée au serveur n’a pas pu être établie. Vérifiez le port et le chiffrement.',
  'server-no-book':
    'Il n’y a pas de carnet d’adresses pour vous sur ce serveur. Vérifiez l’adresse ; il lui faut peut-être un chemin, comme /dav/.',
  'server-lies':
    'Le serveur annonce des personnes et ne les donne pas ; rien n’a été modifié. Demandez à son administrateur.',
  'server-elsewhere':
    '{{domain}} indique {{address}} comme serveur de carnets d’adresses, qui n’est pas dans son domaine. Si c’est votre serveur, saisissez-le comme adresse ; rien n’y a été envoyé.',
  'server-no-service':
    'Ce domaine indique qu’il n’a pas de serveur de carnets d’adresses. Vérifiez le domaine, ou saisissez l’adresse complète du serveur.',
  'server-redirects':
    'Le serveur renvoie vers une autre adresse. Si c’est votre serveur, saisissez-la ; rien n’y a été envoyé.',
  'server-forbids': 'Ce nom n’a pas le droit de lire ici. Indiquez-en un qui l’a, avec son mot de passe.',
  'server-address':
    'Une adresse ressemble à https://dav.company.com. Le nom et le mot de passe ont leurs propres champs.',
  'server-not-encrypted':
    'Cette adresse n’est pas chiffrée : votre mot de passe pourrait être lu en chemin. Utilisez https, ou autorisez-le ci-dessous.',
  'server-no-starttls': 'Le serveur ne propose pas StartTLS. Choisissez TLS ou un autre port.',
  'server-wants-encryption': 'Le serveur exige une connexion chiffrée. Choisissez TLS ou StartTLS.',
  'server-base': 'Le serveur n’a pas cette partie de l’annuaire. Vérifiez la base.',
  'server-filter': 'Le filtre n’est pas compris. Un filtre ressemble à (objectClass=person).',
} satisfies Catalog['problems'];
