/** As `fr.ts`, for English. */
export const ENGLISH = `
cancel cancellation call+off calling+off pull+out back+out not+going+anymore can+t+go can+no+longer+travel can+t+make+it won+t+be+able+to+travel drop+out
change amend modify alter switch move reschedule postpone swap edit correct fix update
misspelled misspelt spelling wrong+name typo spelled+wrong spelt+wrong mistake error
transfer+my+trip give+my+trip in+my+place instead+of+me take+my+place someone+else+go somebody+else+go go+in+my+stead replace replacement pass+on hand+over+my+trip
refund reimburse reimbursement money+back get+my+money repay
compensation compensate indemnity
book booking reserve reservation order buy+a+trip purchase
hold option hold+the hold+a keep+the+places
quote quotation estimate
deposit down+payment upfront up+front pay+when+booking first+payment prepayment pay+at+booking
balance remaining+amount rest+of+the+money remainder pay+the+rest final+payment outstanding
pay payment settle
card credit+card debit+card mastercard amex american+express
cash notes banknotes
cheque cheques
holiday+vouchers holiday+voucher ancv
transfer bank+transfer wire iban
instalments instalment installments installment several+payments spread spread+the+cost pay+monthly monthly pay+later split+the+payment payment+plan pay+over+time in+parts credit 3+times 4+times three+times four+times in+stages split
fee fees cost price charge charges rate how+much expensive penalty penalties pricey amount fare
free no+charge complimentary without+charge for+nothing free+of+charge
supplement surcharge extra additional
discount reduction deal offer promo reduced cheaper cheap lower+price percent+off saving money+off
insurance insure cover coverage insured policy
claim file+a+claim report
illness ill sick hospital accident
repatriation repatriate flown+home
passport id+card identity+card identification papers travel+document id+papers identity
visa visas esta evisa e+visa
paperwork formalities documents papers
child children kid kids son daughter toddler little+one little+ones youngster boy girl
baby babies infant infants newborn cot pushchair stroller pram
minor minors teenager teen teenagers under+18 underage unaccompanied adolescent year+old
without+parents without+their+parents without+his+parents without+us without+me on+his+own on+her+own on+their+own unaccompanied alone
grandparents grandmother grandfather grandma grandpa nan nanny uncle aunt
parental+consent authorisation authorization permission consent
kids+club kids+clubs mini+club children+s+club entertainment activities
alone solo single by+myself on+my+own single+traveller single+room
share+a+room sharing roommate room+share share+room
group groups party+of bunch+of+friends club+trip large+party
luggage baggage bag bags suitcase suitcases case
hold checked+bag hold+luggage checked+luggage
cabin hand+luggage carry+on backpack
lost missing lose disappeared didn+t+arrive not+arrived mislaid
damaged broken torn damage
overweight excess too+heavy excess+baggage
weight kilo kilos kg heavy weigh allowance pounds
flight flights plane aircraft airplane flying
airline carrier
delay delayed late postponed
schedule time times timetable
seat seats window+seat aisle row sit+together next+to+each+other sitting side+by+side sit
meal meals food eat dinner lunch breakfast buffet catering board dining
half+board full+board board+basis
all+inclusive everything+included all+in
drink drinks alcohol beverages
allergy allergic allergies intolerance gluten coeliac celiac lactose nuts peanut peanuts
vegetarian vegan halal kosher diet dietary diets veggie special+meal
wheelchair disabled disability reduced+mobility mobility crutches handicap handicapped impaired
adapted accessible accessibility step+free
assistance help help+at+the+airport
dog dogs cat cats pet pets animal animals puppy kitten furry+friend
transfer transfers shuttle driver taxi pick+up pickup ride get+to+the+hotel reach+the+hotel collected from+the+airport airport+bus
> transfer nobody+there no+driver driver+didn+t driver+not driver+isn+t no+one+there nobody+waiting no+one+waiting nobody+is+here no+one+here waiting+for+us
check+in checking+in checkin boarding+pass boarding boarding+card
> check airport how+early be+at+the+airport get+to+the+airport arrive+at+the+airport hours+before how+long+before
star stars rating ratings category classification stands+for
ticket tickets e+ticket e+tickets
travel+documents travel+folder paperwork+for+the+trip itinerary vouchers travel+pack
receive sent send arrive
credit+note credit+notes voucher vouchers travel+credit
valid validity expire expiry expiration use+by good+for how+long+is run+out
gift+card gift+cards gift+voucher gift+certificate gift present as+a+present
loyalty loyalty+programme loyalty+scheme points rewards reward member tier status frequent+traveller membership
complaint complain unhappy dissatisfied not+happy disappointed not+satisfied grievance dispute
mediator ombudsman mediation
representative rep guide on+site local+contact courier on+the+spot staff+on+site during+the+stay
problem issue trouble
emergency emergencies urgent urgently at+night middle+of+the+night 24+7 24+hours round+the+clock out+of+hours after+hours
phone number telephone call ring reach dial
open opening close closing closed hours
agency agencies shop office branch branches store premises
address where+are+you located location find+you directions
metro tram bus parking park get+there
appointment meet meeting make+an+appointment see+someone
video video+call online+meeting remote zoom
adviser advisor consultant agent specialist
contact reach get+in+touch get+hold+of touch write
> reach your+email your+email+address your+phone your+number your+e+mail write+to+you call+you
> timezone time+difference
> climate weather+like how+warm how+hot
> vacancy get+a+job job+vacancies work+for+you working+for+you apply+for+a+job
> rental rent+a+car hire+a+car car+hire car+rental
email e+mail mail email+address
whatsapp messaging messenger chat
data gdpr privacy information+do+you+hold information+you+have+about info+about+me information+about+me about+me personal+information dpo personal+data personal+details
delete erase deletion erasure remove forget+me
keep store retain stored
invoice receipt bill proof+of+payment expense+claim invoices
certificate certificate+of+stay proof attestation
works+council works+councils employees employee employer company+discount cse staff+discount work
honeymoon newlyweds just+married wedding getting+married married newly+wed
wedding+list gift+list
rain rains raining rainy bad+weather weather wet
vaccine vaccines vaccination vaccinated jab jabs shot shots immunisation yellow+fever
health medical doctor malaria mosquitoes
medication medicine medicines drugs prescription insulin syringe syringes pills diabetic tablets diabetes fridge+medicine meds
currency foreign+currency local+money exchange dollars euros money+exchange change+money exchange+money local+currency
withdraw atm cash+machine cashpoint
tip tips tipping gratuity gratuities
tax taxes tourist+tax city+tax
early+booking book+early in+advance early+bird well+ahead ahead+of+time months+ahead
last+minute late+deal last+moment short+notice
waiting+list waitlist fully+booked full sold+out no+places+left wait+list
confirmation confirm confirmation+email
spam junk junk+folder
app application mobile+app smartphone
account customer+account log+in login password sign+in
newsletter mailing+list unsubscribe subscribe sign+up opt+out
minimum participants minimum+number
> cancel we you+cancel agency+cancels cancelled+by+you you+call+off
> cancel minimum not+enough+people too+few+people not+enough+bookings
departure leave depart
stay trip holiday vacation tour journey
hotel hotels accommodation resort
traveller travellers passenger passengers customer
deadline time+limit
age old years
answer reply respond response
evening night
weekend saturday sunday
lunchtime lunch+break
friend friends mate mates
family families
wife husband spouse
name surname
bring carry take+with
`
export const ENGLISH_FAINT = `
trip trips holiday holidays vacation travel travelling agency company customer work works working does procedure process condition conditions rule rules
policy terms know tell give take put ask request obtain receive send offer offers kind sort case situation way means solution stuff people
maximum max minimum min around exact total include included including include cover necessary required compulsory mandatory allowed permitted
accept accepted available currently soon tomorrow yesterday end start month year next good bad big new normal normally point part leave going
come arrive stay return wait search speak fall count matter quick quickly quite simple easy easily directly option options service services
show explain precise provide provided expect expected happen deal sort handle steps else stop keep try trying start begin set read understand
best step right rights special anything everything different important particular everyone mother father parent parents sister brother cousin husband
wife niece nephew aunt uncle gran neighbour morocco tunisia egypt greece crete spain portugal lisbon italy
rome sicily malta turkey croatia cyprus madeira canaries majorca mallorca thailand japan china vietnam india bali indonesia mexico cuba canada usa
states america brazil peru kenya senegal tanzania mauritius london england ireland scotland norway iceland germany austria dubai jordan marrakech
athens paris tokyo york day days week weeks minute walk far buy sell long old hear left possible moment bring brought carry exactly apply applies person persons person
`
