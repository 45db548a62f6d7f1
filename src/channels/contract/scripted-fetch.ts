/** A `Tools.fetch` that answers by a part of the address and remembers what was asked; elsewhere nobody listens. */
export type Asked = { readonly method: string; readonly url: string; readonly authorization: string | null; readonly body: string }
export type Script = Readonly<Record<string, () => Response>>

export const scriptFetch = (script: Script) => {
  const asked: Asked[] = []
  const fetch = async (request: Request): Promise<Response> => {
    const body = request.body === null ? '' : await request.text()
    asked.push({ method: request.method, url: request.url, authorization: request.headers.get('authorization'), body })
    const answer = Object.entries(script).find(([part]) => request.url.includes(part))?.[1]
    if (answer === undefined) throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
    return answer()
  }
  return { fetch, asked }
}

/** A JSON answer, made anew at every call. */
export const jsonAnswer =
  (body: unknown, init: ResponseInit = {}) =>
  () =>
    Response.json(body, init)
