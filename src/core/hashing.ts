/** FNV-1a over the UTF-16 units, folded into a table of `buckets` (a power of two): features without a list of features. */
export const bucketOf = (feature: string, buckets: number): number => {
  let hash = 0x811c9dc5
  for (let at = 0; at < feature.length; at += 1) hash = Math.imul(hash ^ feature.charCodeAt(at), 0x01000193)
  return (hash ^ (hash >>> 16)) & (buckets - 1)
}
