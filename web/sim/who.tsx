/** @jsxImportSource preact */
/** Who holds the phone: somebody who is there, or a new customer of a country, with a number or known by user id alone. */
import { useState } from 'preact/hooks'
import { countryName } from '../shared/format.ts'
import { useLanguage, useWords } from '../shared/language.tsx'
import { addPerson, type SimState } from './phones.ts'
import { SIM } from './words.ts'

type WhoProps = {
  readonly state: SimState
  readonly who: string | null
  readonly choose: (id: string) => void
  /** Somebody new is being described: nobody holds the phone meanwhile. */
  readonly adding: boolean
  readonly setAdding: (adding: boolean) => void
}

const NEW = 'new'

export const Who = ({ state, who, choose, adding, setAdding }: WhoProps) => {
  const words = useWords(SIM)
  const language = useLanguage()
  const pick = (value: string) => {
    setAdding(value === NEW)
    if (value !== NEW) choose(value)
  }
  return (
    <>
      <select
        class="field who"
        aria-label={words.holder}
        value={adding ? NEW : (who ?? '')}
        onChange={(event) => pick(event.currentTarget.value)}
      >
        {state.people.map((person) => (
          <option key={person.id} value={person.id}>
            {person.name} · {countryName(person.country, language)}
            {person.phone === null ? ` · ${words.hidden}` : ''}
          </option>
        ))}
        <option value={NEW}>{words.newcomer}</option>
      </select>
      {adding && (
        <Newcomer
          countries={state.countries}
          shut={() => setAdding(false)}
          joined={(id) => {
            setAdding(false)
            choose(id)
          }}
        />
      )}
    </>
  )
}

type NewcomerProps = { readonly countries: readonly string[]; readonly shut: () => void; readonly joined: (id: string) => void }

const Newcomer = ({ countries, shut, joined }: NewcomerProps) => {
  const words = useWords(SIM)
  const language = useLanguage()
  const [country, setCountry] = useState(countries[0] ?? 'FR')
  const [phone, setPhone] = useState(true)
  const [name, setName] = useState('')
  const join = async () => {
    const person = await addPerson({ country, phone, name }).catch(() => null)
    if (person) joined(person.id)
  }
  return (
    <form
      class="newcomer"
      onSubmit={(event) => {
        event.preventDefault()
        void join()
      }}
    >
      <label>
        <span class="small quiet">{words.country}</span>
        <select class="field" value={country} onChange={(event) => setCountry(event.currentTarget.value)}>
          {countries.map((code) => (
            <option key={code} value={code}>
              {countryName(code, language)}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span class="small quiet">{words.name}</span>
        <input class="field" maxLength={60} value={name} onInput={(event) => setName(event.currentTarget.value)} />
      </label>
      <label class="switch small">
        <input type="checkbox" checked={phone} onChange={(event) => setPhone(event.currentTarget.checked)} /> {words.withPhone}
      </label>
      <div class="acts">
        <button type="submit" class="button main">
          {words.join}
        </button>
        <button type="button" class="button" onClick={shut}>
          {words.cancel}
        </button>
      </div>
    </form>
  )
}
