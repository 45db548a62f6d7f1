/** The house's own source, read as a syntax tree: what a file imports, which globals it reaches for. Made for the tests beside it. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parseSync } from 'vite'

export const ROOT = join(import.meta.dirname, '..', '..')

/** A file by its path from the root, with `/`. */
export type Source = { readonly path: string; readonly text: string }
/** `type` where nothing of it is left once types are stripped. `line` from 1. */
export type Import = { readonly from: string; readonly type: boolean; readonly line: number }

const SKIPPED = new Set(['node_modules', 'dist', '.relais', '.git', 'notes'])

/** Every file under `folder` whose name ends in one of `endings`, in order. */
export const readSources = (folder: string, endings: readonly string[] = ['.ts', '.tsx', '.mjs']): readonly Source[] =>
  readdirSync(join(ROOT, folder), { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = relative(ROOT, join(ROOT, folder, entry.name))
      if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : readSources(path, endings)
      return endings.some((ending) => entry.name.endsWith(ending)) ? [{ path, text: readFileSync(join(ROOT, path), 'utf8') }] : []
    })

/** Tests, and suites that tests call, may look anywhere. */
export const isTest = ({ path }: Source): boolean => path.endsWith('.test.ts') || path.includes('/contract/')

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length

const parse = ({ path, text }: Source) => {
  const { program, module, errors } = parseSync(path, text)
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`)
  return { program, module }
}

/** Static imports, re-exports and dynamic imports of a literal. */
export const importsOf = (source: Source): readonly Import[] => {
  const { module } = parse(source)
  const fixed = module.staticImports.map(({ start, moduleRequest, entries }) => ({
    from: moduleRequest.value,
    type: entries.length > 0 && entries.every(({ isType }) => isType),
    line: lineAt(source.text, start),
  }))
  const passedOn = module.staticExports.flatMap(({ start, entries }) =>
    entries.flatMap(({ moduleRequest, isType }) =>
      moduleRequest ? [{ from: moduleRequest.value, type: isType, line: lineAt(source.text, start) }] : [],
    ),
  )
  const dynamic = module.dynamicImports.flatMap(({ start, moduleRequest }) => {
    const literal = /^(['"`])(.*)\1$/.exec(source.text.slice(moduleRequest.start, moduleRequest.end))
    return literal?.[2] === undefined ? [] : [{ from: literal[2], type: false, line: lineAt(source.text, start) }]
  })
  return [...fixed, ...passedOn, ...dynamic]
}

type Node = { readonly type: string; readonly start: number; readonly [key: string]: unknown }
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value && 'start' in value

const childrenOf = (node: Node): readonly Node[] => Object.values(node).flat().filter(isNode)
const nodeIn = (node: Node, key: string): Node | null => (isNode(node[key]) ? node[key] : null)
const nameOf = (node: Node | null): string => (node?.type === 'Identifier' ? String(node.name) : '')

/** Names a pattern binds: `a`, `{ a, b: c }`, `[a]`, `a = 1`, `...a`. */
const boundBy = (pattern: Node): readonly string[] => {
  if (pattern.type === 'Identifier') return [nameOf(pattern)]
  const inner =
    pattern.type === 'Property'
      ? [nodeIn(pattern, 'value')]
      : pattern.type === 'AssignmentPattern'
        ? [nodeIn(pattern, 'left')]
        : childrenOf(pattern)
  return inner.flatMap((part) => (part ? boundBy(part) : []))
}

/** Names that a function's parameters or a block's own declarations give to what stands inside. */
const bindingsOf = (node: Node): readonly string[] => {
  if (Array.isArray(node.params)) return node.params.filter(isNode).flatMap(boundBy)
  if (node.type === 'ImportSpecifier') return [nameOf(nodeIn(node, 'local'))]
  const declarations =
    (node.type === 'Program' || node.type === 'BlockStatement') && Array.isArray(node.body) ? node.body.filter(isNode) : []
  return declarations.flatMap((statement) => {
    const declaration = nodeIn(statement, 'declaration') ?? statement
    if (declaration.type === 'FunctionDeclaration') return [nameOf(nodeIn(declaration, 'id'))]
    if (declaration.type === 'ImportDeclaration') return childrenOf(declaration).flatMap(bindingsOf)
    if (declaration.type !== 'VariableDeclaration') return []
    return childrenOf(declaration).flatMap((one) => boundBy(nodeIn(one, 'id') ?? one))
  })
}

/** What a place of the tree reaches for: `fetch`, `Date.now`, `new Date()`, `process.env`. */
const globalAt = (node: Node, parent: Node): string | null => {
  if (node.type === 'NewExpression' || node.type === 'CallExpression') {
    const bare = Array.isArray(node.arguments) && node.arguments.length === 0
    return bare && nameOf(nodeIn(node, 'callee')) === 'Date' ? 'new Date()' : null
  }
  if (node.type === 'MemberExpression') {
    const owner = nameOf(nodeIn(node, 'object'))
    return owner && node.computed === false ? `${owner}.${nameOf(nodeIn(node, 'property'))}` : null
  }
  const isLabel =
    (parent.type === 'MemberExpression' && parent.property === node && parent.computed === false) ||
    (parent.type === 'Property' && parent.key === node && parent.computed === false && parent.shorthand === false) ||
    parent.type.startsWith('TS') ||
    parent.type === 'PropertyDefinition' ||
    parent.type === 'MethodDefinition'
  return node.type === 'Identifier' && !isLabel ? nameOf(node) : null
}

export type Reach = { readonly name: string; readonly line: number }

/** Where the file reaches for one of `names` as a global, not as something it was given. Types are not looked into. */
export const reachesOf = (source: Source, names: ReadonlySet<string>): readonly Reach[] => {
  // By place: a shorthand property is a name and a value at once.
  const found = new Map<number, Reach>()
  const walk = (node: Node, parent: Node, given: ReadonlySet<string>): void => {
    if (node.type === 'TSTypeAnnotation' || node.type === 'TSTypeAliasDeclaration' || node.type === 'TSInterfaceDeclaration') return
    const here = bindingsOf(node)
    const known = here.length > 0 ? new Set([...given, ...here]) : given
    const name = globalAt(node, parent)?.replace(/^globalThis\./, '') ?? null
    if (name !== null && names.has(name) && !known.has(name.split('.')[0] ?? ''))
      found.set(node.start, { name, line: lineAt(source.text, node.start) })
    for (const child of childrenOf(node)) walk(child, node, known)
  }
  const { program } = parse(source)
  if (isNode(program)) walk(program, program, new Set())
  return [...found.values()]
}

export type Text = { readonly text: string; readonly line: number }

/** Every text the program writes out; with `under`, those that stand as the property of that name (`fr: '…'`). */
export const textsOf = (source: Source, under?: string): readonly Text[] => {
  const found: Text[] = []
  const walk = (node: Node, name: string): void => {
    const quasi =
      node.type === 'TemplateElement' && typeof node.value === 'object' && node.value !== null && 'raw' in node.value
        ? node.value.raw
        : null
    const text = node.type === 'Literal' ? node.value : quasi
    if (typeof text === 'string' && (under === undefined || name === under)) found.push({ text, line: lineAt(source.text, node.start) })
    const own = node.type === 'Property' ? nameOf(nodeIn(node, 'key')) : name
    for (const child of childrenOf(node)) walk(child, child.type === 'ObjectExpression' ? '' : own)
  }
  const { program } = parse(source)
  if (isNode(program)) walk(program, '')
  return found
}
