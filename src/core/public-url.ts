/** Addresses of this house as the internet sees them: PUBLIC_URL may have a path of its own. */

/** `path` without a slash in front. */
export const addressBelow = (publicUrl: string, path: string): string => new URL(path, `${publicUrl.replace(/\/+$/u, '')}/`).href
