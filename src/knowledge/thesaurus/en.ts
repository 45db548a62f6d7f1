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
bank+transfer wire+transfer wire iban
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
minor minors teenager teen teenagers under+18 underage unaccompanied adolescent 13+year+old 14+year+old 15+year+old 16+year+old 17+year+old is+13 is+14 is+15 is+16 is+17
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
board meal
> meal inclusive all+inclusive everything+included all+in
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
! timezone time+difference
! climate weather+like how+warm how+hot
! vacancy get+a+job job+vacancies work+for+you working+for+you apply+for+a+job
! rental rent+a+car hire+a+car car+hire car+rental
email e+mail mail email+address
whatsapp messaging messenger chat
data gdpr privacy information+do+you+hold information+you+have+about info+about+me information+about+me about+me personal+information dpo personal+data personal+details
delete erase deletion erasure remove forget+me
keep store retain stored
invoice receipt bill proof+of+payment expense+claim invoices
certificate certificate+of+stay proof attestation
works+council works+councils employees employee employer company+discount cse staff+discount work
honeymoon newlyweds just+married wedding getting+married married newly+wed
> wedding list wedding+list gift+list
rain rains raining rainy bad+weather weather wet
vaccine vaccines vaccination vaccinated jab jabs shot shots immunisation yellow+fever
health medical doctor malaria mosquitoes
medication medicine medicines drugs prescription insulin syringe syringes pills diabetic tablets diabetes fridge+medicine meds
currency foreign+currency local+money exchange dollars euros money+exchange change+money exchange+money local+currency
withdraw atm cash+machine cashpoint
tip tips tipping gratuity gratuities
tax taxes tourist+tax city+tax
early early+booking book+early in+advance early+bird well+ahead ahead+of+time months+ahead
> last minute last+minute late+deal last+moment short+notice
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
book sign+up sign+me+up secure securing secure+our+places lock+in finalise finalize go+ahead put+our+names+down put+my+name+down go+about+booking how+do+we+go+about how+do+i+go+about enrol register+for+a+trip reserving
option freeze freeze+the+price lock+the+price hold+the+price keep+the+option option+open keep+it+open keep+two+places keep+places keep+our+places hold+our+places hold+two+places hold+places holding reserve+without+paying think+about+it think+it+over making+up+our+minds decide deciding
deposit percentage put+down initial+payment pay+now pay+at+first when+we+sign sign+up+payment
balance rest+of+the+money rest+of+the+price second+half second+payment last+payment final+instalment what+is+left what+s+left the+rest+due pay+off settle+the+rest remainder amount+left due
late+payment forgot+to+pay pay+late paying+late missed+the+deadline balance
payment paypal apple+pay google+pay ways+to+pay how+can+i+pay how+can+we+pay methods+of+payment payment+methods payment+method pay+by pay+with pay+in accept+cards accept payment+means
cash coins
> payment cash take+cash accept+cash pay+in+cash pay+cash cash+ok cash+accepted
instalment bit+by+bit three+goes two+goes several+goes pay+in+stages stagger monthly+payments every+month each+month over+a+few+months over+several+months several+months few+months budget+tight 10+times split+it spread+it several
cancel cancelling cancelled cancellation give+up giving+up withdraw+from+the+trip call+the+trip+off scrap bail back+out+of not+travel can+t+travel no+longer+go unable+to+go unable+to+travel can+t+go+anymore
fee keep+of+my+money how+much+do+i+lose how+much+will+you+keep lose+money lose forfeit penalty penalties penalti charge
> cancel agency your+side pull+the+plug you+pulled you+scrap you+drop+the+tour tour+is+cancelled trip+is+cancelled tour+gets+cancelled doesn+t+go+ahead does+not+go+ahead not+go+ahead if+you+cancel when+you+cancel you+decide+to+cancel tour+does+not+run tour+doesn+t+run tour+falls+through fell+through
> participants minimum not+enough+participants nobody+else+signs+up too+few+travellers not+enough+takers enough+people
strike strikes disaster earthquake hurricane volcano war conflict attack exceptional
change rearrange rebook re+book different+date different+dates later+date earlier+date week+later week+earlier month+later swap swapping shift bring+forward push+back put+back put+off
misspelling mistyped letter wrong+spelling spelt spelled surname first+name last+name maiden+name name typo
> name spelling spelt+my+name spelled+my+name spelt+my+surname my+name+wrong name+is+wrong name+wrong name+is+misspelled wrong+on+the+ticket wrong+on+the+booking correct+a+name fix+my+name
> place transfer go+instead+of+me go+in+my+place travel+in+my+place take+over+my+trip take+my+spot my+place take+my+trip sell+my+trip
add+a+person add+someone add+another+traveller remove+a+person extra+traveller add
insurance insurer insurers cover policies policy+cover multi+risk covered travel+cover travel+insurance coverage take+out+insurance
claim make+a+claim claim+form claims file
injured injury broke+my+leg broke+my+ankle broken+leg broken+ankle sprained operation surgery hospital medical illness ill accident pregnant pregnancy
expired expires out+of+date expiry valid months+left validity
passport entry+requirements enter+the+country nationality nationals documents+to+enter
child 1+year+old 2+year+old 3+year+old 4+year+old 5+year+old 6+year+old 7+year+old 8+year+old 9+year+old 10+year+old 11+year+old 12+year+old toddlers twins kiddies tots kid+price child+price child+fare half+price+for+kids under+12 under+5 teen
cot highchair high+chair crib bottle nappies buggy stroller baby
kids+club activities+for+kids entertain entertained keep+the+kids+busy babysitting babysitter creche nursery playground
grandson granddaughter grandchild grandchildren godson minor
sign signature signed form forms consent letter+of+consent permission+slip authorisation
parent parents his+parents her+parents their+parents without+mum without+his+mum without+mum+and+dad without+a+parent minor
widow widower single singles solo+trip by+himself by+herself by+yourself just+me on+my+tod travelling+by+myself room+for+one one+person+room single+room+supplement solo
group choir team school club society association colleagues hen+party stag+party stag+do hen+do reunion seminar organiser organizer leader twenty+of+us thirty+of+us of+us big+family group+price group+rate group+discount
luggage trolley dimensions size measurements rucksack holdall duffel wheel wheels handle carousel belt trunk bags
lost hasn+t+arrived not+turned+up missing+bag missing+case didn+t+turn+up never+arrived never+made+it vanished delayed+luggage left+behind
damaged torn ripped smashed cracked broke
! lost+property left+on+the+plane left+in+the+hotel
flight take+off takes+off landing connection connecting stopover layover charter jet fly
moved+earlier moved+later brought+forward new+time new+times time+has+changed times+changed rescheduled retimed schedule+change now+leaves leaves+at+a+different changed+the+time flight+moved flight+cancelled
compensation eu261 261 damages owed entitled owe
seat legroom leg+room long+legs exit+row front sit+beside separated split+up next+to+my next+to+my+husband next+to+my+wife next+to+each beside seating
> seat choose pick+a+seat pick+my+seat choose+my+seat choose+our+seats pick+our+seats select+seats select+my+seat
meal snack snacks brunch supper dish dishes kitchen chef feed hungry cook
allergy coeliac celiac shellfish eggs milk dairy egg fish intolerant anaphylaxis allergic
diet pork diabetic+meal low+salt sugar dietary+needs dietary+requirements vegetarian
drinks beer wine cocktail cocktails booze alcohol alcoholic soft+drinks water bar
mobility walker cane hardly+walk can+t+walk can+t+walk+far struggle+to+walk struggles+to+walk trouble+walking difficulty+walking walks+badly blind deaf autistic paralysed limited+mobility bad+legs wheelchair disability
wheelchair roll+in+shower walk+in+shower wide+doors ramp lift ground+floor push+him push+her
dog labrador poodle dachshund terrier bulldog spaniel chihuahua pug rabbit hamster ferret bird parrot feline doggie doggy pooch kitty pup
vet microchip rabies crate muzzle kennel+on+the+plane pet
shuttle coach minibus bus pick+us+up picks+us+up picked+up picking+up fetch fetched collect+us collected meet+us+at take+us+to+the+hotel bring+us+to bring+us+to+the get+to+the+resort get+from+the+airport airport+to+the+hotel airport+to+hotel from+airport+to sign+with chauffeur
> transfer arrival no+driver no+shuttle driver+in+sight no+coach waiting+at+arrivals standing+in+arrivals in+arrivals driver+hasn+t driver+never+came driver+missing isn+t+here+at+the+airport nobody+at+arrivals nobody+at+the+airport no+one+at+the+airport outside+the+terminal
airport terminal
check+in online+check+in gate board+the+plane boarding+passes
> check airport how+early+should how+early+must how+early+do what+time+should+we+be how+long+before+departure how+long+before+the+flight hours+before+the+flight hours+before+departure
star suns sun score scores rated rank grade grading quality evaluate assess classify
folder travel+papers tickets+arrive e+tickets travel+wallet itinerary programme paper+tickets receive+my+tickets get+my+tickets tickets+yet any+tickets haven+t+got+tickets
credit+note credit gave+us+a+credit gave+me+a+credit you+gave+us+a+voucher voucher+code code voucher use+my+credit left+over
gift present presents birthday christmas surprise anniversary+gift treat give+a+trip give+my+mother retirement gift+box gift+card
loyalty gold silver level levels perks benefits points+per+euro earn earned collect+points regular+customer regulars loyal returning+customer repeat+customer travelled+with+you+before times+with+you trips+with+you many+trips faithful
complaint dreadful awful terrible appalling disgraceful unacceptable nightmare horrible disappointing letter+of+complaint protest formal+complaint rubbish let+down ruined ruin spoiled spoilt feedback ombudsman mediator goodwill lawyer sue
rep representatives air+con air+conditioning noise noisy dirty filthy cockroaches change+rooms swap+rooms room+isn+t+right isn+t+right broken+down sort+things+out local+rep person+on+site someone+on+site
emergency urgently stolen robbed mugged attacked theft accident danger rescue ambulance 3am 3+am 2am night+phone after+midnight any+time+of+day evacuation serious something+serious
open opened shut shuts closes closed sundays saturdays weekdays bank+holiday bank+holidays public+holiday lunch+time over+lunch late+opening opening+times opening+hours hours how+late+are
agency office offices high+street street town city car+park parking near walk+in find+your where+is
appointment slot slots diary calendar sit+down+with see+an+adviser see+an+advisor meet+with schedule+a schedule+that video+chat video consultation pop+in drop+in
> contact answer how+long+to+reply response+time reply+time how+soon+do+you+reply how+quickly+do+you+answer
post postal letter+by+post mailing+address
data files file+on+me hold+on+me what+you+know+about+me share+my+details sell+my+data sell+my+details third+parties privacy+policy consent+data personal
invoice accountant accounting vat company+name company+s+name bill+in+the+company business+expenses expenses receipts
certificate proof+of+stay proof+of+travel confirmation+of+stay attendance
council staff+committee committee union staff+association members+of+staff employers special+rates partnership partner+company employee+benefit
honeymoon fiance fiancee engaged engagement bride groom guests+contribute wedding+fund fund guests marry marrying romantic just+wed treats extras
rain rained pours pouring poured storm storms stormy cyclone monsoon terrible+weather rotten+weather no+sun sunshine cloudy miserable+weather washout soaking sunny
vaccine typhoid hepatitis measles covid test+before antimalarial malaria tropical inoculation inoculations shots
medicine tablet pill inhaler epipen adrenaline needle needles injections injection pen pens must+stay+cold keep+cold stay+cold kept+cool cold fridge refrigerate cool+box sleep+apnoea insulin
currency dinar dinars dirham baht yen pound cash+abroad bank+charges card+abroad card+work+abroad use+my+card debit take+my+card bring+notes bank rate atms
tip tipped porter waiter baksheesh give+the+guide give+to+the+guide give+the+driver leave+the+guide service+charge how+much+to+give
tax taxes airport+tax fuel+surcharge local+tax occupancy resort+fee
early early+bird+discount year+ahead year+in+advance months+in+advance so+far+ahead far+ahead months+before weeks+ahead ahead advance
bargain bargains deals
> last minute leave+tomorrow leaving+tomorrow day+after+tomorrow this+weekend in+three+days in+two+days leaving+this+week this+friday
> waiting list booked+up booked+out no+availability all+gone fully+subscribed if+a+place+comes place+frees+up spot+opens place+becomes+free
confirmation nothing+received received+nothing no+email no+mail didn+t+get+the+email never+received haven+t+received not+received inbox resend
> address mail correct wrong+email wrong+email+address mistyped+my+email mistyped+my+address typo+in+my+email change+my+email new+email+address mistake+in+my+email
app download iphone android offline
account forgot+my+password forgotten+my+password reset locked+out can+t+log+in cant+log+in logging+in username register log+on
newsletter adverts advertising marketing promotional+emails stop+emailing stop+the+emails stop+sending mails unsubscribing junk+emails weekly+email take+me+off
! wifi wi+fi internet broadband
! cruise cruises ferry boat ship yacht sailing
! rent renting rental hire scooter bike bikes motorbike moped driving+licence driving+license licence
! pool pools spa sauna gym fitness massage heated lifeguard hot+tub
! climate temperature temperatures season forecast warm whales
! vacancy job jobs hiring internship internships career careers salary recruit recruiting earn+working apprenticeship
! restaurant restaurants pub pizza nightclub nightlife
! train trains eurostar railway rail station
! sim esim roaming signal 4g 5g phone+plan
! diving dive scuba surf surfing surfboard ski skiing skis golf hiking hike kayak snorkelling tennis yoga sports bungee
! museum museums concert show festival match theatre opera cinema film films exhibition movie
! adapter adaptor plug socket charger
! timezone time+difference jet+lag
! drinkable tap+water
! shark sharks jellyfish
! property villa villas flat flats apartment apartments camping campsite cottage estate
! kennel kennels cattery pet+sitter house+sitter look+after+my
! lounge duty+free vip
! miles airmiles frequent+flyer flying+blue
! airbnb vrbo
! carbon footprint eco offset sustainable emissions
! franchise invest shares stock ceo partner+with+you sponsor
! novel guidebook read reading recommend+a+book map maps
! translator translation interpreter sworn
! camera drone gopro photo photos
! cream sunscreen sun+cream suncream
! laundry ironing dry+cleaning washing+machine
! safe+in safety+deposit safe+box
! smoke smoking cigarettes vape
! language languages spoken speak+in
! road drive driving toll petrol car cars garage chains
! check+out late+checkout checkout vacate
! lessons lesson course courses classes learn
! town+hall renew embassy+address
! lend borrow loan
! plants housekeeping clean+my
! unemployment politics government election
> change booking change+hotels change+hotel change+the+hotel change+our+hotel change+the+dates change+our+dates change+my+dates change+dates change+destination change+my+booking change+our+booking alter+my+booking alter+our+booking postpone+my postpone+our move+my+trip move+our+trip move+my+holiday move+our+holiday go+later week+later month+later add+a+night extend+my+stay extend+our+stay add+another+person add+another+passenger
> name spelling typed+my+first+name typed+my+name typed+my+surname first+name+wrong name+misspelled wrong+first+name wrong+surname name+on+the+ticket
> someone passing take+my+place take+my+seat+on my+place+on have+my+trip use+my+booking replace+me go+on+my+behalf
> cancel fee cancel+without+losing cancelation+fee cancellation+fee cancellation+fees cancel+my+trip cancel+our+trip cancel+my+holiday cancel+our+holiday cancel+the+day+before if+i+cancel if+we+cancel have+to+cancel need+to+cancel want+to+cancel got+fired lost+my+job made+redundant redundancy death+in+the+family
> cancelled agency you+scrapped you+cancelled you+ve+cancelled you+called+off you+dropped+our scrapped+our cancelled+our+tour cancelled+our+trip tour+cancelled trip+cancelled you+ve+called
> deposit balance pay+everything pay+it+all pay+all+at+once put+down how+much+at+first pay+straight+away pay+right+away pay+in+full deadline+for+paying deadline+to+pay by+when+do+we+pay when+do+we+pay when+do+i+pay when+must+i+pay when+must+we+pay when+is+payment+due when+is+the+balance paying+the+balance
> payment several pay+over+6+months pay+over+months pay+over+three over+6+months over+3+months over+10+months over+12+months over+a+year pay+a+bit pay+a+little pay+each+month
> email reach email+you e+mail+you send+you+an+email write+you+an+email your+mail
> phone reach phone+you ring+you telephone+you call+your+office phone+your+office speak+by+phone
> confirmation received no+email+after no+confirmation email+hasn+t+come email+hasn+t+arrived confirmation+hasn+t not+had+a+confirmation waiting+for+the+confirmation
> sunshine rain bad+weather money+back+if+it refund+if+it+rains if+it+rains weather+is+bad weather+is+awful weather+is+terrible rains+every+day rained+every+day rained+all+week rains+all+week weather+guarantee sun+guarantee
> minor parents niece+aged nephew+aged with+her+grandparents with+his+grandparents with+their+grandparents with+her+aunt with+his+uncle travel+with+grandparents without+either+parent only+one+parent one+parent
> child prices free+for+under under+2s under+12s under+2 children+free kids+free price+for+a+child price+for+children discount+for+children discount+for+kids reduction+for+children reduction+for+kids how+much+for+a+child how+much+for+a+baby
> single supplement one+person+in+a+room room+to+myself room+all+to+myself room+on+my+own room+for+myself room+just+for+me person+in+a+room on+her+own on+his+own all+by+myself
> group group+of price+for+a+group prices+for+groups for+#+people we+are+# there+are+# #+people #+of+us #+participants #+friends group+of+# party+of+# for+our+club
> flight changed flight+put+back flight+postponed flight+delayed plane+delayed plane+is+late flight+is+late flight+rescheduled flight+time+changed new+flight+time missed+my+flight miss+my+flight missed+connection missed+our+connection missed+our+flight
> representative hotel hot+water no+hot+water leak doesn+t+work+in+the+room room+is+dirty room+is+noisy dirty+room noisy+room not+the+room+we+booked problem+at+the+hotel trouble+at+the+hotel problem+on+site problem+with+the+room problem+with+our+room
> complaint ruined+stay ruined+trip ruined+holiday holiday+was+ruined trip+was+ruined make+a+complaint file+a+complaint want+to+complain not+as+described not+what+we+booked below+standard
> money currency cash+to+take how+much+cash take+cash+with+me money+to+take which+money pay+in+euros card+work use+my+card cards+work withdraw+money bank+fees+abroad
> credit note my+credit+note credit+notes use+my+voucher my+voucher voucher+expire credit+expire credit+run+out use+a+credit
> gift card gift+voucher gift+certificate gift+vouchers give+a+holiday give+someone+a+trip holiday+as+a+present trip+as+a+present trip+as+a+gift
> book trip confirm+a+reservation confirm+my+reservation confirm+a+booking make+a+booking make+a+reservation place+an+order how+to+book book+with+you book+a+trip book+a+tour book+a+holiday book+online book+by+phone
> opening hours what+time+do+you+open what+time+do+you+close what+time+do+you what+times+can what+times+are time+do+you+open time+do+you+close open+on open+during closed+on open+until close+at opening+time closing+time closing+times business+hours office+hours bank+holiday
> appointment adviser appointment+in+the appointment+at make+an+appointment book+an+appointment arrange+a+meeting
> account app log+in+to log+into can+t+log can+t+sign reset+my+password reset+password change+my+password create+an+account open+an+account download+the+app
> seat sit+side sit+next sit+together sitting+together seats+together seats+next choose+seats reserve+seats reserve+a+seat book+seats travel+side
> meals breakfast+included breakfast+extra meals+included dinner+included food+included is+breakfast are+meals
> luggage allowance how+heavy how+many+bags how+many+cases how+many+suitcases how+many+kilos how+much+luggage second+suitcase second+bag extra+bag extra+suitcase additional+suitcase additional+bag heavier+suitcase another+suitcase another+bag
> transfer hotel from+the+airport+to to+our+hotel reimburse+the+taxi refund+the+taxi took+a+taxi find+the+driver taxi+ourselves
> travel tickets plane+tickets my+tickets our+tickets the+tickets travel+documents get+the+tickets get+the+documents receive+the+tickets receive+our+tickets receive+the+documents
> early discount book+now+for book+early book+ahead book+in+advance booking+early booking+ahead booking+in+advance book+far reserve+early book+six+months book+months
> loyalty points use+my+points my+points redeem+points redeem+my+points points+expire spend+my+points spend+points points+balance how+many+points loyal+customers
> personal data delete+my+file delete+my+account delete+my+details delete+my+data erase+my right+to+be+forgotten right+of+access my+details my+information
> pet travelling+with+a+dog take+my+dog take+my+cat bring+my+dog bring+my+cat bring+our+dog bring+our+cat take+our+dog take+our+cat my+rabbit our+dog our+cat
> star suns 3+suns 4+suns 5+suns three+suns four+suns five+suns number+of+suns
> emergency number at+night accident+at+night during+the+night in+an+emergency in+case+of+emergency in+case+of+an+accident call+at+night ring+at+night middle+of+the+night
> medicine cabin asthma asthma+inhaler my+medication my+meds my+medicine my+treatment my+pills
> health vaccine get+vaccinated vaccines+needed vaccinations+needed mandatory+vaccines need+to+be+vaccinated
> book trip how+do+we+commit commit+to fallen+for+your want+to+go+on+your take+this+trip steps+to+book need+from+me+to+book need+to+book+a
> option places put+a+hold hold+on+it hold+it put+it+on+hold time+to+think time+to+decide put+an+option
> deposit balance fork+out day+i+confirm taken+automatically debited first+sum payment+reminder charged+automatically how+much+to+book amount+to+pay+now
> accepted payment do+you+take+holiday do+you+take+vouchers do+you+take+cheques do+you+take+cards do+you+take+amex do+you+accept which+cards prepaid+card
> cancel fee just+died passed+away death funeral change+my+mind changed+my+mind change+our+minds changed+our+minds cooling+off be+going+after+all won+t+be+going not+be+going won+t+be+coming no+longer+coming fell+ill fallen+ill got+sick is+sick i+m+sick am+pregnant divorce split+up+with
> booking change married+name maiden+name amend+the+file amend+my+file third+passenger extra+passenger add+a+passenger add+a+third add+one+more add+a+child remove+a+passenger take+someone+off change+board change+airport change+the+hotel different+hotel different+tour
> passport identity baby+need+his+own own+passport baby+s+passport passport+for+my child+passport valid+passport passport+be+valid passport+valid
> luggage weight weight+of+a+suitcase weight+of+the suitcase+weight bag+weight weigh+my backpack+cabin backpack+ok my+backpack
> seat plane by+the+window window+seat aisle+seat near+the+window at+the+front at+the+back
> mobility disability partially+sighted visually+impaired hard+of+hearing poor+eyesight through+the+airport guide+her+through guide+him+through leg+in+plaster can+t+manage+stairs stairs long+distances
> transfer hotel bus+to+the+hotel coach+to+the+hotel taxi+to+the+hotel ride+to+the+hotel get+us+to to+the+hotel
> representative trip welcome+us+at+the+hotel welcomes+us greet+us meet+us+at+the+hotel your+company+at+the+hotel your+staff+at+the+hotel your+person+on
> opening hours phone+line+open line+open lines+open open+until+when phone+lines call+on+saturday call+on+sunday when+are+you+open when+do+you+open open+at+weekends
> agency address outside+the+agency parking+outside park+at+the nearest+agency nearest+office nearest+shop come+to+your+office visit+your+office shop+in office+in branch+in agency+in
> personal data sell+my+details other+companies share+my+data pass+on+my+details
> reach contact answer+on+facebook on+facebook on+instagram social+media facebook+messenger
> complaint mediator no+reply+to+my+complaint no+answer+to+my+complaint reply+to+my+complaint answer+to+my+complaint where+do+i+turn
> insurance cover guaranteed+under what+is+covered what+s+covered too+late+for+insurance take+the+insurance add+insurance add+the+insurance buy+insurance get+insurance
> credit note got+me+a+voucher voucher+from+my voucher+for+my+cancelled voucher+still voucher+usable
> tips guide service+included leave+something should+we+leave tip+the tip+our
> early discount early+deals summer+deals winter+deals summer+catalogue winter+catalogue deals+come+out catalogue+come+out sales+open
> email address email+address+changed email+changed change+of+email old+email don+t+get+anything+from
> app mobile crashing crashes keeps+crashing app+crashes app+doesn+t+work app+not+working bug
> group number reduced+rate+from rate+from+how how+many+participants how+many+people+for
! slide water+slide aquapark
! beach+wedding beach+weddings organise+weddings arrange+weddings get+married+abroad get+married+on wedding+abroad
! weather+be+on will+the+weather weather+in weather+on weather+tomorrow weather+like weather+forecast
! drink+the+water tap+water water+safe
! petrol gas+prices diesel
! slopes slope ski+lifts ski+lift
! sell+my+house buy+a+house house+for+sale
! air+con+in air+conditioning+in rooms+have+air conditioned
! far+is+the+hotel from+the+beach metres+from close+to+the+beach near+the+beach sea+view
! hairdryer kettle minibar towels sheets television
! king+size double+bed twin+beds queen+bed
! school+trips school+trip
! beach beaches private sand lake river mountain mountains forest desert dunes waterfall waterfalls volcano+tour harbour harbor marina pier downtown city+centre old+town
! pharmacy chemist dentist supermarket supermarkets bakery hairdresser church mosque temple temples library university
! castle palace ruins monument monuments cathedral zoo aquarium park parks garden gardens casino fireworks carnival
! balcony terrace kitchenette bathtub tv radio fan heating elevator barbecue sunbed sunbeds parasol deckchair deckchairs
! horse horses riding camel quad balloon parachute trampoline basketball volleyball football soccer dolphins dolphin turtles whale+watching
! recipe coffee cheese chocolate sushi paella tapas couscous spices souvenir souvenirs carpet perfume jewellery
! dictionary alphabet history president population capital+of flag religion
! what+time+is+it time+is+it
! laptop headphones battery batteries binoculars tent sleeping+bag hiking+boots swimsuit wetsuit snorkel
! salary salaries wage wages union shareholder shareholders turnover competitor competitors founder
! breakfast+served served+until room+service
! cheap+hotel cheap+hotels hostel hostels couchsurfing bungalow yurt
! do+you+sell+suit do+you+rent+out
! taxes+return work+permit work+visa pension+fund social+security
! sell sells selling
! served serve
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
athens paris tokyo york day days week weeks minute walk far buy long old hear left possible moment bring brought carry exactly apply applies person persons person
right finally picked pick website page seen saw seems remind reminder standing stand waiting wait sight hope hoping worried worry ok okay fine great
lovely wonderful nice brilliant cheers regards sir madam everybody anybody yesterday tonight today tomorrow later sooner ago since during between
within january february march april may june july august september october november december monday tuesday wednesday thursday friday spring summer
autumn winter christmas easter one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty hundred thousand first
second third dozen couple few several half small large little huge tiny old young older younger short high low beautiful strange weird odd usual
usually normally general generally certain mum mom dad daddy mummy grandma grandpa man woman guy guys folks girl boyfriend girlfriend adult adults
household choose choice decide decided prefer preferred refuse agree wish believe guess understand explain mean means meant remember forget forgot
forgotten continue finish finished end become turn turned came went gone left heading head land landed reach reached enter exit bring got lot lots bit
bits piece thing stuff matter reason idea fact case side part type kind example instance detail details question actually basically honestly seriously
simply completely totally fully entirely partly nearly almost around roughly perhaps maybe instead alternatively otherwise besides euro euros money
sum amount amounts pricey worth value normal standard ordinary regular different same another other others official officially site online door doors
nowhere anywhere everywhere somewhere welcome correctly wrong spend spent use used useful hand hands asking asked telling told said says saying speak
talk hear heard write wrote written manage managed handle dealing arrange arranged organise organised provide plan plans planned planning year years
month months hour hours minute minutes morning afternoon noon midnight date boss fly flies flew badly severe severely bad worse worst good better top
bottom middle outside inside
aged niece travelling travel room rooms typed
hotel hotels
`
