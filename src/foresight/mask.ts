/** Words of a thread for a report that is handed on: short, and without what names a person or a file. */
const LONGEST = 140

/** Addresses and runs of digits become dots. Names in free text stay: whoever hands a report on reads it first. */
export const maskText = (text: string): string => {
  const plain = text
    .replace(/[^\s@]+@[^\s@]+/gu, '•••@•••')
    .replace(/https?:\/\/\S+/gu, '•••')
    .replace(/\+?\d(?:[\s.\-/]?\d){3,}/gu, '••••')
    .replace(/\b[A-Z]{2}\d{3,}\b/gu, '••••')
    .replace(/\s+/gu, ' ')
    .trim()
  return plain.length > LONGEST ? `${plain.slice(0, LONGEST - 1).trimEnd()}…` : plain
}
