/** How messages shorten words, and small words long enough to be mistyped. Both general, no business's own. */

const read = (list: string): ReadonlyMap<string, string> =>
  new Map(
    list
      .trim()
      .split(/\s+/)
      .map((pair) => {
        const [short = '', word = ''] = pair.split('=')
        return [short, word] as const
      }),
  )

/** Shorthand -> the word. */
export const SHORTHAND: Readonly<Record<string, ReadonlyMap<string, string>>> = {
  fr: read(`
    koi=quoi kel=quel kelle=quelle kan=quand kand=quand ki=qui ke=que fo=faut pr=pour ds=dans ac=avec avk=avec avc=avec dc=donc pk=pourquoi
    pkoi=pourquoi prq=pourquoi pcq=parce qd=quand ct=etait cest=est jai=ai jsuis=suis chui=suis chuis=suis jpeux=peux jpe=peux jveux=veux
    jvoudrais=voudrais jaimerais=aimerais jaimerai=aimerais yatil=avoir yati=avoir ya=y yaurait=aurait cb=combien cmb=combien cmt=comment
    coman=comment commen=comment bsr=bonsoir bjr=bonjour slt=salut cc=coucou mci=merci mrc=merci stp=svp ptit=petit ptite=petite ss=sans
    tjs=toujours tjrs=toujours tt=tout ts=tous bcp=beaucoup vs=vous ns=nous mm=meme msg=message tel=telephone num=numero rdv=rendez resa=reservation
    resas=reservations dispo=disponible dispos=disponible infos=info renseignemen=renseignement che=chez ché=chez droi=droit sui=suis
    peu=peut pouve=pouvez vien=viens fai=fais moi=moi ver=vers set=cette sa=sa jour=jour sem=semaine aprem=midi dej=dejeuner ptitdej=dejeuner
    appart=appartement ordi=ordinateur assu=assurance remb=remboursement annul=annulation enf=enfant enfs=enfants ad=adultes pers=personnes
    gd=grand gde=grande pb=probleme pbm=probleme pbs=problemes vac=vacances vacs=vacances aero=aeroport aeroprot=aeroport kdo=cadeau kdos=cadeaux
    xfois=fois kelkun=quelqu plu=plus moin=moins avan=avant apre=apres jms=jamais mnt=maintenant mtn=maintenant ajd=aujourd auj=aujourd
    dsl=desole svpl=svp mat=matin`),
  en: read(`
    u=you ur=your r=are y=why wat=what wats=what whats=what wot=what wen=when wher=where wich=which wud=would shud=should cud=could thru=through
    tho=though thx=thanks tnx=thanks ty=thanks pls=please plz=please pleas=please bf=before b4=before bfore=before befor=before cuz=because
    coz=because cos=because bc=because becos=because im=am ive=have id=would ill=will dont=don cant=can wont=won didnt=did doesnt=does isnt=is
    arent=are wasnt=was havent=have hasnt=has couldnt=could wouldnt=would shouldnt=should thats=that theres=there its=its were=were weve=have
    wed=would youre=you theyre=they lets=let taht=that teh=the adn=and hte=the abt=about w=with wk=week wks=weeks yr=year yrs=years mth=month
    mths=months mins=minutes hr=hour hrs=hours nite=night nites=nights tmrw=tomorrow tmr=tomorrow tomoz=tomorrow tonite=night asap=now tbh=now
    btw=now idk=now atm=atm msg=message no=no nr=number num=number tel=telephone fone=phone ppl=people rly=really alredy=already alrdy=already
    upto=up alot=lot gr8=good l8=late m8=mate xtra=extra pic=photo info=info dat=that dis=this da=the de=the wanna=want gonna=going gotta=got
    hav=have giv=give hols=holiday hol=holiday vacay=vacation appt=appointment addy=address docs=documents ins=insurance canx=cancel resched=reschedule
    sb=somebody sth=something ther=there thier=their recieve=receive recieved=receive ahold=contact cld=could wld=would shld=should`),
}

/** Small words whose typing errors should not pass for subjects. */
export const SMALL: Readonly<Record<string, readonly string[]>> = {
  fr: `voudrais voudrait pouvez pourrais souhaite souhaiterais aimerais besoin comment combien pourquoi bonjour bonsoir information
    informations renseignement possible voulez exactement concernant beaucoup est-ce quand quelle quels quelles depuis parce encore toujours
    jamais maintenant peut peux faire avoir etre mettre voir vous nous elle elles cette avec sans pour dans chez apres avant plus moins
    combien merci quelque quelqu chose faudrait savoir dire faites serait pensez soir suis sont etait avons avez`.split(/\s+/),
  en: `should would could please hello wanted information wondering about which where there their possible anyone someone thanks because
    before after what happens when with have from that this they been does your yours will them then than into over just only still
    already really right alright know tell give until while without through again anything something everything`.split(/\s+/),
}
