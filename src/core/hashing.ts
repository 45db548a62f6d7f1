/** FNV-1a over units of 16 bits, folded into a table of `buckets` (a power of two): features without a list of features. */
const SEED = 0x811c9dc5
export const mix = (hash: number, unit: number): number => Math.imul(hash ^ unit, 0x01000193)
export const foldInto = (hash: number, buckets: number): number => (hash ^ (hash >>> 16)) & (buckets - 1)

/** `after`: the hash of what stands before it. */
export const hashOf = (feature: string, after = SEED): number => {
  let hash = after
  for (let at = 0; at < feature.length; at += 1) hash = mix(hash, feature.charCodeAt(at))
  return hash
}

export const bucketOf = (feature: string, buckets: number): number => foldInto(hashOf(feature), buckets)
