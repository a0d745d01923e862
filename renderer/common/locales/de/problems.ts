// German sentences of problems, by their codes.
import type { Catalog } from '../catalog.ts';

export const problems = {
  'account-gone': 'Das Konto dieses Anrufs wurde entfernt.',
  'account-gone-for-good': 'Dieses Konto lässt sich nicht mehr zurückholen. Fügen Sie es neu hinzu.',
  'account-unknown': 'Dieses Konto ist nicht mehr eingerichtet.',
  'address-unknown': 'Der Server kennt diese Adresse nicht. Prüfen Sie die Schreibweise.',
  'bad-sdp': 'Das andere Telefon hat seinen Ton unlesbar beschrieben, daher ist nichts zu hören.',
  'call-back-gone': 'Auf diese Person wartet niemand mehr.',
  'call-failed': 'Der Anruf konnte nicht verbunden werden.',
  'call-forbidden': 'Der Server erlaubt diesen Anruf nicht. Fragen Sie Ihren Administrator.',
  'call-gone': 'Dieses Gespräch ist nicht verbunden und kann daher nicht vermittelt werden.',
  'call-over': 'Das Gespräch ist zu Ende.',
  'call-redirected': 'Diese Nummer hat sich geändert.',
  'certificate-not-trusted':
    'Dem Zertifikat des Servers wird nicht vertraut, daher wurde nichts gesendet. Fragen Sie Ihren Administrator.',
  'change-refused': 'Die Gegenseite hat die Änderung nicht angenommen.',
  'connection-lost': 'Die Verbindung ist abgerissen. Das Telefon versucht es weiter.',
  'connection-refused':
    'Der Server hat die Verbindung abgewiesen. Prüfen Sie Port und Transport oder fragen Sie Ihren Administrator.',
  'database-damaged':
    'Die Datei mit Kontakten und Anrufen war beschädigt. Sie wurde beiseitegelegt, und Hookswitch hat eine neue begonnen.',
  'database-unavailable':
    'Kontakte und Anrufe können nicht geöffnet werden. Was Sie jetzt hinzufügen, bleibt nur bis zum Beenden. Prüfen Sie, ob der Datenträger voll ist, und starten Sie Hookswitch neu.',
  'dial-changed':
    'Jetzt würde eine andere Nummer gewählt, daher wurde nicht angerufen. Sehen Sie nach und rufen Sie noch einmal an.',
  'disk-full': 'Der Datenträger ist voll. Schaffen Sie Platz und versuchen Sie es erneut.',
  'encryption-required':
    'Dieses Konto führt nur verschlüsselte Gespräche, und das andere Telefon bietet keine Verschlüsselung.',
  'forward-to-self': 'Das ist Ihre eigene Nummer. Wählen Sie eine andere.',
  'headset-boom-up':
    'Ihr Headset hält das Mikrofon stumm. Senken Sie den Mikrofonarm oder heben Sie die Stummschaltung am Headset auf.',
  'headset-busy': 'Das Headset ist im Gespräch. Testen Sie es, wenn das Gespräch zu Ende ist.',
  'headset-not-opened':
    'Die Tasten des Headsets sind nicht erreichbar. Schließen Sie andere Telefonprogramme oder stecken Sie es neu ein.',
  'headset-not-permitted':
    'Dieser Computer erlaubt die Tasten des Headsets nicht. Fragen Sie Ihren Administrator nach der Geräteregel und stecken Sie es neu ein.',
  'headset-not-readable':
    'Die Tasten dieses Headsets sind auf diesem System noch nicht lesbar. Anrufe gehen; nehmen Sie am Bildschirm an.',
  'headset-not-writable':
    'Das Headset nimmt keine Befehle an, seine Lämpchen können falsch sein. Stecken Sie es neu ein oder schließen Sie andere Telefonprogramme.',
  'hold-failed': 'Halten oder Fortsetzen hat nicht geklappt. Versuchen Sie es erneut.',
  'host-unknown': 'Einen Server dieses Namens gibt es nicht. Prüfen Sie die Schreibweise der Adresse.',
  'import-gone': 'Dieser Import ist schon zurückgenommen oder zu lange her. Entfernen Sie seine Personen einzeln.',
  'import-unreadable': 'Die Datei kann nicht gelesen werden. Prüfen Sie, ob es eine vCard-, CSV- oder LDIF-Datei ist.',
  'library-busy': 'Das Verzeichnis ist gerade beschäftigt. Versuchen Sie es gleich noch einmal.',
  'library-damaged': 'Die Datei mit Kontakten und Anrufen ist beschädigt. Starten Sie Hookswitch neu.',
  'library-disk-error': 'Kontakte und Anrufe können nicht gelesen oder geschrieben werden. Prüfen Sie den Datenträger.',
  'library-failed': 'Mit Kontakten und Anrufen ging etwas schief. Versuchen Sie es erneut.',
  'library-interrupted': 'Das Verzeichnis wurde unterbrochen. Versuchen Sie es erneut.',
  'library-read-only': 'Kontakte und Anrufe dürfen nicht geschrieben werden. Prüfen Sie die Rechte des Ordners.',
  'library-request-invalid': 'Diese Anfrage an das Verzeichnis ist ungültig.',
  'library-slow': 'Das Verzeichnis braucht zu lange. Versuchen Sie es erneut.',
  'library-stopped': 'Das Verzeichnis hat angehalten und startet neu. Versuchen Sie es erneut.',
  'login-method-unknown': 'Der Server verlangt eine Anmeldeart, die dieses Telefon nicht kennt.',
  'media-engine-stopped':
    'Der Teil, der den Ton überträgt, wurde neu gestartet. Hören Sie gleich nichts, rufen Sie noch einmal an.',
  'media-refused': 'Das andere Telefon hat angenommen, aber den Ton abgewiesen.',
  'media-unresponsive': 'Der Ton ist noch nicht bereit. Warten Sie kurz und versuchen Sie es erneut.',
  'media-window-stopped':
    'Der Teil, der den Ton abspielt, wurde neu gestartet. Hören Sie nichts, rufen Sie noch einmal an.',
  'message-empty': 'Es gibt keinen Text zum Senden.',
  'message-too-long': 'Diese Nachricht ist zu lang. Senden Sie sie in mehreren Teilen.',
  'microphone-busy':
    'Das Mikrofon lässt sich nicht öffnen; vielleicht benutzt es ein anderes Programm. Schließen Sie es oder wählen Sie ein anderes Mikrofon.',
  'microphone-refused':
    'Hookswitch darf das Mikrofon nicht benutzen, daher hört man Sie nicht. Erlauben Sie es in den Datenschutzeinstellungen.',
  'microphone-unplugged': 'Ihr Mikrofon wurde abgezogen. Stecken Sie es wieder ein; es wird sofort benutzt.',
  'name-missing': 'Eine Person braucht einen Namen.',
  'name-service-unreachable':
    'Die Adresse des Servers ließ sich nicht nachschlagen. Prüfen Sie Ihre Internetverbindung.',
  'no-account': 'Fügen Sie zuerst Ihr Konto hinzu: Hookswitch braucht einen Server zum Anrufen.',
  'no-answer-from-phone': 'Das Telefon hat nicht geantwortet. Schließen Sie dieses Fenster und öffnen Sie es wieder.',
  'no-common-codec': 'Die beiden Telefone haben kein gemeinsames Tonformat.',
  'no-encryption':
    'Dieser Computer kann das Passwort jetzt nicht verschlüsseln. Entsperren Sie den Schlüsselbund und versuchen Sie es erneut.',
  'no-headset': 'Kein Headset angeschlossen. Stecken Sie es ein und drücken Sie zuerst seine Tasten.',
  'no-headset-test': 'Es gibt noch kein Ergebnis. Starten Sie zuerst den Test.',
  'no-microphone': 'Kein Mikrofon gefunden, daher hört man Sie nicht. Stecken Sie eins ein; es wird sofort benutzt.',
  'no-network-port':
    'Der Ton dieses Anrufs ließ sich im Netz nicht öffnen. Prüfen Sie die Netzwerkverbindung und versuchen Sie es erneut.',
  'no-park-code':
    'Welche Nummer Anrufe parkt, hängt von Ihrem Server ab. Tragen Sie sie in den Einstellungen unter Anrufe ein.',
  'no-picture': 'Kein Bild von Ihnen: Kamera oder Bildschirm waren nicht zu benutzen. Der Ton läuft weiter.',
  'screens-unseen':
    'Hookswitch darf Ihren Bildschirm nicht sehen. Erlauben Sie es in den Einstellungen des Systems unter Datenschutz und Bildschirmaufnahme, und versuchen Sie es noch einmal.',
  'no-sdp-in-answer': 'Die Gegenseite nahm an, ohne zu sagen, wie sie Ton empfängt. Versuchen Sie es erneut.',
  'no-video-here': 'Video braucht einen WebRTC-Anruf. Der Ton läuft weiter.',
  'no-voicemail-number': 'Ihr Server nennt keine Mailboxnummer. Tragen Sie sie in den Einstellungen unter Anrufe ein.',
  'not-a-sound-file': 'Diese Datei ist weder WAV noch Ogg. Wählen Sie eine .wav-, .ogg- oder .opus-Datei.',
  'not-allowed': 'Dieses Fenster darf das nicht.',
  'not-available': 'Im Augenblick nicht erreichbar.',
  'not-dialable': 'Das ist weder eine Nummer noch eine Adresse, die man anrufen kann.',
  'not-parked': 'Dieser Anruf ist nicht mehr geparkt.',
  'not-permitted': 'Dafür fehlt Ihnen das Recht. Fragen Sie Ihren Administrator.',
  'not-published': 'Der Server nimmt den Zustand dieses Telefons nicht an, andere sehen ihn nicht.',
  'not-reachable': 'Dort ist gerade niemand erreichbar: Kein Telefon ist verbunden, oder es soll nicht klingeln.',
  'not-ringing': 'Dieser Anruf wurde abgewiesen.',
  'not-saved': 'Die Datei konnte dort nicht geschrieben werden. Wählen Sie einen anderen Ordner.',
  'not-supported': 'Der Server bietet das nicht an.',
  'not-valid': 'Eine Angabe ist ungültig. Prüfen Sie die Eingabe.',
  'nothing-prepared': 'Stellen Sie zuerst das Supportpaket zusammen, dann sichern Sie es.',
  'nothing-to-pick-up': 'Dort klingelt nichts mehr.',
  'number-unknown': 'Diese Nummer gibt es nicht.',
  'password-missing': 'Der Server verlangt ein Passwort. Tragen Sie es im Konto ein.',
  'password-not-accepted':
    'Der Server hat das Passwort nicht angenommen. Achten Sie auf Groß- und Kleinschreibung oder fragen Sie Ihren Administrator.',
  'person-gone': 'Diese Person steht nicht mehr in Ihren Kontakten.',
  'picture-refused': 'Das andere Telefon hat das Bild nicht angenommen. Sie hören einander weiter.',
  'realm-changed':
    'Ein fremder Server hat nach Ihrem Passwort gefragt, daher wurde es nicht gesendet. Fragen Sie Ihren Administrator.',
  'recording-failed':
    'Die Aufnahme wurde beendet, weil ihre Datei nicht geschrieben werden konnte. Prüfen Sie Ordner und freien Platz.',
  'recording-folder': 'In diesem Ordner kann nicht aufgenommen werden. Wählen Sie einen anderen in den Einstellungen.',
  'recording-gone': 'Diese Aufnahme gibt es nicht mehr.',
  'redirected-in-circles':
    'Diese Nummer leitet im Kreis weiter, daher wurde nicht angerufen. Fragen Sie Ihren Administrator.',
  'registration-brief':
    'Der Server behält dieses Telefon nur kurz angemeldet, Anrufe können fehlen. Fragen Sie Ihren Administrator nach einer längeren Zeit.',
  'secure-connection-failed': 'Es kam keine sichere Verbindung zum Server zustande. Prüfen Sie Port und Transport.',
  'directory-trouble': 'Der Verzeichnisserver hat selbst eine Störung. Versuchen Sie es später noch einmal.',
  'server-address-wrong':
    'Das ist keine Serveradresse. Sie sieht aus wie sip.firma.de, sip.firma.de:5061 oder wss://firma.de/ws.',
  'server-certificate':
    'Dem Zertifikat dieses Servers wird nicht vertraut, daher wurde nichts gesendet. Prüfen Sie Namen und CA-Datei oder fragen Sie den Administrator.',
  'server-moved':
    'Der Server schickt dieses Telefon zu einem fremden Server, daher wurde dort nichts gesendet. Fragen Sie Ihren Administrator.',
  'server-name-taken': 'Diesen Namen hat schon eine andere Quelle. Wählen Sie einen, der sie unterscheidet.',
  'server-refused': 'Der Server hat dieses Telefon nicht angemeldet. Fragen Sie Ihren Administrator.',
  'server-stuck':
    'Was dieser Server sandte, ließ sich nicht rechtzeitig lesen, daher wurde abgebrochen. Fragen Sie seinen Administrator.',
  'server-trouble': 'Der Server hat gerade selbst eine Störung. Das Telefon versucht es weiter.',
  'server-unreachable':
    'Der Server antwortet nicht. Prüfen Sie Ihre Netzwerkverbindung; das Telefon versucht es weiter.',
  'set-by-administrator':
    'Ihr Administrator hat dies für alle festgelegt, daher lässt es sich hier nicht ändern. Bitten Sie um eine Änderung.',
  'settings-damaged':
    'Die Einstellungsdatei war beschädigt. Sie wurde beiseitegelegt, und Hookswitch hat neu begonnen.',
  'settings-not-saved':
    'Die Einstellungen wurden nicht gesichert: Ihr Ordner ist nicht beschreibbar. Prüfen Sie den Datenträger und versuchen Sie es erneut.',
  'settings-unreadable': 'Die Einstellungen konnten nicht gelesen werden. Hookswitch hat mit neuen begonnen.',
  'silent-in':
    'Sie hören nichts: Von der Gegenseite kommt nichts an. Rufen Sie noch einmal an; bleibt es so, zeigen Sie dies Ihrem Administrator.',
  'silent-out':
    'Man hört Sie nicht: Von hier kommt dort nichts an. Rufen Sie noch einmal an; bleibt es so, zeigen Sie dies Ihrem Administrator.',
  'sound-blocked':
    'Der Ton kommt zwischen den Teilen von Hookswitch nicht durch. Vielleicht sperrt ihn ein Sicherheitsprogramm; starten Sie Hookswitch neu.',
  'sound-lost': 'Der Ton dieses Gesprächs ließ sich nicht zurückholen. Rufen Sie noch einmal an.',
  'speaker-unplugged': 'Ihr Lautsprecher wurde abgezogen. Stecken Sie ihn wieder ein; er wird sofort benutzt.',
  'subscription-final': 'Was man von dort weiß, ändert sich nicht mehr.',
  'subscription-rejected': 'Sie dürfen diesen Zustand nicht sehen. Fragen Sie Ihren Administrator.',
  'subscription-unknown': 'Das gibt es auf diesem Server nicht mehr.',
  'too-many-call-backs': 'Sie warten schon auf zu viele Personen. Nehmen Sie zuerst eine davon aus der Liste.',
  'transfer-failed': 'Das Vermitteln hat nicht geklappt. Der Anrufer ist wieder bei Ihnen.',
  'transfer-pending': 'Dieses Gespräch wird schon vermittelt. Warten Sie, bis das andere Telefon geantwortet hat.',
  'transfer-refused': 'Das andere Telefon hat das Vermitteln abgewiesen. Sie sind weiter verbunden.',
  'transfer-unknown': 'Die Gegenseite sagte nie, ob das Vermitteln gelang. Der Anrufer ist noch hier.',
  'transfer-unsupported': 'Das andere Telefon lässt sich nicht vermitteln: Es kennt das nicht.',
  'vault-not-written':
    'Das Passwort konnte nicht gesichert werden: Der Datenträger ist voll oder schreibgeschützt. Es gilt bis zum Beenden.',
  'video-off':
    'Video ist aus. Schalten Sie es in den Einstellungen unter Anrufe ein, um ein Bild zu zeigen oder zu sehen.',
  'websocket-refused': 'Der Server hat die WebSocket-Verbindung abgewiesen. Prüfen Sie die Adresse mit Pfad.',
  'server-silent': 'Der Server antwortet nicht. Prüfen Sie Name und Port, und ob er von hier erreichbar ist.',
  'server-too-much':
    'Der Server hat weit mehr geantwortet, als gefragt war; die Antwort wurde verworfen. Fragen Sie seinen Administrator.',
  'server-garbage': 'Was der Server antwortet, ist nicht zu verstehen. Prüfen Sie Name, Port und Verschlüsselung.',
  'server-password': 'Der Server hat Name und Passwort nicht angenommen. Geben Sie beides noch einmal ein.',
  'ca-file-unreadable': 'Die CA-Datei lässt sich nicht lesen. Prüfen Sie ihren Pfad; es muss eine PEM-Datei sein.',
  'directory-refused': 'Der Server lehnt die Verbindung ab. Prüfen Sie Name und Port.',
  'server-unknown': 'Einen Server mit diesem Namen gibt es nicht. Prüfen Sie die Schreibweise, und ob Sie online sind.',
  'server-hung-up':
    'Der Server hat die Verbindung abgebrochen. Prüfen Sie Port und Verschlüsselung, oder versuchen Sie es noch einmal.',
  'server-no-tls': 'Eine sichere Verbindung zum Server kam nicht zustande. Prüfen Sie Port und Verschlüsselung.',
  'server-no-book':
    'Auf dem Server gibt es kein Adressbuch für Sie. Prüfen Sie die Adresse; vielleicht braucht sie einen Pfad wie /dav/.',
  'server-lies':
    'Der Server führt Personen auf und gibt sie nicht heraus; geändert wurde nichts. Fragen Sie seinen Administrator.',
  'server-elsewhere':
    '{{domain}} nennt als Adressbuch-Server {{address}}, der nicht zur selben Domain gehört. Ist das Ihr Server, geben Sie ihn als Adresse ein; dorthin wurde nichts gesendet.',
  'server-no-service':
    'Die Domain gibt an, keinen Adressbuch-Server zu haben. Prüfen Sie die Domain, oder geben Sie die ganze Adresse des Servers ein.',
  'server-redirects':
    'Der Server verweist auf eine andere Adresse. Ist das Ihr Server, geben Sie dessen Adresse ein; dorthin wurde nichts gesendet.',
  'server-forbids': 'Dieser Name darf hier nichts lesen. Geben Sie einen an, der es darf, mit seinem Passwort.',
  'server-address': 'Eine Adresse sieht aus wie https://dav.company.com. Name und Passwort haben eigene Felder.',
  'server-not-encrypted':
    'Diese Adresse ist nicht verschlüsselt: Ihr Passwort könnte unterwegs gelesen werden. Nehmen Sie https, oder erlauben Sie es unten.',
  'server-no-starttls': 'Der Server bietet kein StartTLS an. Wählen Sie TLS oder einen anderen Port.',
  'server-wants-encryption': 'Der Server verlangt eine verschlüsselte Verbindung. Wählen Sie TLS oder StartTLS.',
  'server-base': 'Diesen Teil des Verzeichnisses hat der Server nicht. Prüfen Sie die Basis.',
  'server-filter': 'Der Filter wird so nicht verstanden. Ein Filter sieht aus wie (objectClass=person).',
} satisfies Catalog['problems'];
