/** Where people travel, in both languages: a place named in a question seldom is its subject. */
export const PLACES = `
afrique africa asie asia europe amerique america antilles caraibes caribbean oceanie polynesie polynesia maghreb scandinavie scandinavia balkans
maroc morocco marocco marrakech agadir fes casablanca essaouira tunisie tunisia djerba hammamet sousse tunis egypte egypt caire cairo hurghada
louxor luxor nil nile algerie algeria senegal dakar kenya tanzanie tanzania zanzibar madagascar maurice mauritius reunion seychelles namibie namibia
botswana afrique+du+sud cap+vert cape verde ethiopie ethiopia rwanda ouganda uganda grece greece athenes athens crete heraklion santorin santorini
corfou corfu rhodes mykonos naxos espagne spain barcelone barcelona madrid seville andalousie andalusia malaga baleares majorque majorca mallorca
minorque menorca ibiza canaries canary tenerife lanzarote fuerteventura portugal lisbonne lisbon porto algarve madere madeira acores azores italie
italy rome roma venise venice florence milan naples sicile sicily palerme palermo sardaigne sardinia toscane tuscany malte malta chypre cyprus
turquie turkey istanbul antalya bodrum croatie croatia dubrovnik split montenegro albanie albania slovenie slovenia bulgarie bulgaria roumanie
romania hongrie hungary budapest prague tcheque czech pologne poland cracovie krakow varsovie warsaw vienne vienna autriche austria allemagne germany
berlin munich suisse switzerland geneve geneva belgique belgium bruxelles brussels hollande holland amsterdam pays-bas netherlands londres london
angleterre england ecosse scotland irlande ireland dublin islande iceland norvege norway suede sweden stockholm finlande finland laponie lapland
danemark denmark copenhague copenhagen russie russia georgie georgia armenie armenia jordanie jordan petra israel dubai emirats emirates abu dhabi
oman qatar liban lebanon inde india rajasthan kerala goa nepal sri lanka maldives thailande thailand bangkok phuket vietnam hanoi cambodge cambodia
angkor laos birmanie myanmar malaisie malaysia singapour singapore indonesie indonesia bali philippines chine china pekin beijing shanghai hong kong
japon japan tokyo kyoto coree korea seoul australie australia sydney nouvelle-zelande zealand mexique mexico cancun guatemala costa rica panama cuba
havane havana varadero dominicaine dominican punta cana jamaique jamaica guadeloupe martinique bahamas bresil brazil rio perou peru cuzco machu
bolivie bolivia chili chile argentine argentina patagonie patagonia colombie colombia equateur ecuador galapagos canada quebec montreal toronto
etats-unis usa united states new york californie california floride florida miami vegas los angeles san francisco hawai hawaii france paris lyon
marseille nice corse corsica bretagne brittany provence alpes alps savoie annecy grenoble bordeaux toulouse nantes lille strasbourg ile iles island
islands
`
