/** A booking of Voyages Lumière, as its booking system shows it. */
export interface Booking {
  /** Two letters, six digits. */
  readonly reference: string
  readonly traveller: string
  readonly destination: string
  /** ISO dates. */
  readonly departure: string
  readonly return: string
  readonly status: 'confirmed' | 'pending payment' | 'cancelled'
  readonly statusLabel: { readonly fr: string; readonly en: string }
  readonly hotel: string
  /** Euros. */
  readonly balanceDue: number
}

/** What the booking system answers: the booking, with its days and amount as a customer reads them. */
export const shown = (booking: Booking) => ({
  ...booking,
  departureLabel: dayLabel(booking.departure),
  returnLabel: dayLabel(booking.return),
  balanceLabel: { fr: euros(booking.balanceDue, 'fr-FR'), en: euros(booking.balanceDue, 'en-GB') },
})

/** Thirty days before departure, as the agency's conditions have it. */
export const balanceDay = ({ departure }: Booking) => dayLabel(new Date(Date.parse(departure) - 30 * 86_400_000).toISOString().slice(0, 10))

/** `2027-05-01` → "samedi 1er mai 2027", "Saturday 1 May 2027". */
const dayLabel = (day: string) => ({ fr: dayIn(day, 'fr-FR').replace(' 1 ', ' 1er '), en: dayIn(day, 'en-GB').replace(',', '') })

const dayIn = (day: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone: 'UTC' }).format(Date.parse(day))

const euros = (amount: number, locale: string): string =>
  new Intl.NumberFormat(locale, { style: 'currency', currency: 'EUR', trailingZeroDisplay: 'stripIfInteger' }).format(amount)

export const labels: Record<Booking['status'], Booking['statusLabel']> = {
  confirmed: { fr: 'confirmé', en: 'confirmed' },
  'pending payment': { fr: 'en attente de paiement', en: 'pending payment' },
  cancelled: { fr: 'annulé', en: 'cancelled' },
}

type Row = [string, string, string, string, string, Booking['status'], string, number]

const rows: readonly Row[] = [
  ['VL204518', 'Camille Laurent', 'Lisbonne', '2027-05-08', '2027-05-12', 'confirmed', 'Hotel Avenida Palace', 780],
  ['VL204519', 'Thomas Girard', 'Marrakech', '2027-02-13', '2027-02-20', 'pending payment', 'Riad Kniza', 640],
  ['VL204537', 'Aïcha Benali', 'Séville', '2027-04-03', '2027-04-07', 'confirmed', 'Hotel Alfonso XIII', 540],
  ['VL204602', 'Jean-Baptiste Moreau', 'La Réunion', '2027-01-16', '2027-01-30', 'confirmed', 'LUX* Saint-Gilles', 1250],
  ['VL204644', 'Sophie Marchand', 'Rome', '2027-03-19', '2027-03-23', 'cancelled', 'Hotel Artemide', 0],
  ['VL204713', 'Lucas Fontaine', 'Reykjavik', '2027-02-27', '2027-03-06', 'confirmed', 'Hotel Borg', 0],
  ['VL204780', 'Inès Dubois', 'Kyoto', '2027-03-27', '2027-04-10', 'pending payment', 'The Celestine Kyoto Gion', 2980],
  ['VL204815', 'Emily Carter', 'Paris', '2027-04-17', '2027-04-21', 'confirmed', 'Hôtel des Grands Boulevards', 620],
  ['VL204866', 'Mathieu Perrin', 'Québec', '2027-06-19', '2027-07-03', 'confirmed', 'Auberge Saint-Antoine', 890],
  ['VL204902', 'Nadia Haddad', 'Djerba', '2026-12-19', '2026-12-26', 'confirmed', 'Radisson Blu Palace', 0],
  ['GR310027', 'Groupe Lycée Ampère', 'Berlin', '2027-05-24', '2027-05-28', 'pending payment', 'Meininger Hauptbahnhof', 4320],
  ['GR310041', 'Chorale de Bellecour', 'Salzbourg', '2027-07-08', '2027-07-12', 'confirmed', 'Hotel Sacher Salzburg', 0],
]

export const bookings: readonly Booking[] = rows.map(([reference, traveller, destination, departure, back, status, hotel, balanceDue]) => ({
  reference,
  traveller,
  destination,
  departure,
  return: back,
  status,
  statusLabel: labels[status],
  hotel,
  balanceDue,
}))
