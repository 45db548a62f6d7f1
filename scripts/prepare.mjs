/**
 * Makes a checkout ready to run: installs what package.json asks for, sees to a Node that can run Relais, builds the pages. Plain
 * JavaScript for the machine's own Node (20 and up) and without dependencies: it runs before anything is installed. It does nothing,
 * in a few milliseconds, when nothing changed. It tells its progress on stderr: stdout belongs to the command that follows.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const LEAST_NODE = 24
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const at = (...path) => join(root, ...path)
const installed = at('node_modules', '.relais-installed')
const built = at('dist', 'web', '.relais-built')
const lock = at('.relais-prepare.lock')

const read = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '')
const digest = (texts) => texts.reduce((sum, text) => sum.update(text).update('\0'), createHash('sha256')).digest('hex')
const tell = (line) => process.stderr.write(`${line}\n`)
const fail = (line) => {
  rmSync(lock, { force: true })
  tell(`relais: ${line}`)
  process.exit(1)
}

/** What decides about node_modules: scripts and names may change without a new installation. */
const wantedInstall = () => {
  const { dependencies, devDependencies, optionalDependencies, overrides, allowScripts } = JSON.parse(read(at('package.json')))
  return digest([
    JSON.stringify({ dependencies, devDependencies, optionalDependencies, overrides, allowScripts }),
    read(at('package-lock.json')),
  ])
}

/** An `npm ci` or `npm install` by hand counts too: npm's own list is then younger than both files. */
const isInstalledByHand = () => {
  const list = at('node_modules', '.package-lock.json')
  if (existsSync(installed) || !existsSync(list)) return false
  const age = statSync(list).mtimeMs
  return ['package.json', 'package-lock.json'].every((file) => statSync(at(file)).mtimeMs <= age)
}

const needsInstall = () => existsSync(at('package-lock.json')) && read(installed) !== wantedInstall()

const install = () => {
  if (isInstalledByHand()) return writeFileSync(installed, wantedInstall())
  const started = Date.now()
  tell('Relais installs what it needs (once; about 550 MB)…')
  const npm = process.env.npm_execpath
  const [command, first] = npm && basename(npm) === 'npm-cli.js' ? [process.execPath, [npm]] : ['npm', []]
  const parameters = [...first, 'ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error']
  const { status, error } = spawnSync(command, parameters, { cwd: root, stdio: ['ignore', 2, 2] })
  if (status !== 0)
    fail(
      `npm ci failed (${error ? error.message : `exit ${status}`}). Its reason stands above; check the network and the disk, then try again.`,
    )
  checkNode()
  writeFileSync(installed, wantedInstall())
  tell(`Installed in ${Math.round((Date.now() - started) / 1000)} s.`)
}

/**
 * Relais runs on the Node that npm installed with it. Where npm has none for this machine, or the one it has does not run here (another
 * C library), it is taken out of the way, and the machine's own serves if it is new enough.
 */
const checkNode = () => {
  const own = at('node_modules', '.bin', 'node')
  if (existsSync(own) && spawnSync(own, ['--version']).status !== 0) rmSync(own)
  if (existsSync(own) || Number.parseInt(process.versions.node, 10) >= LEAST_NODE) return
  fail(`Relais needs Node ${LEAST_NODE} or newer; this is ${process.version}. Install it from https://nodejs.org and try again.`)
}

/** Every source of the pages with its size and time; undefined where there are no pages yet. */
const wantedPages = () => {
  if (!readdirSync(root).includes('web') || !readdirSync(at('web')).some((name) => name.startsWith('vite.config.'))) return undefined
  const files = readdirSync(at('web'), { recursive: true }).map(String).sort()
  const marks = files.map((file) => ({ file, stat: statSync(at('web', file)) })).filter(({ stat }) => stat.isFile())
  return digest([read(at('package-lock.json')), ...marks.map(({ file, stat }) => `${file} ${stat.size} ${stat.mtimeMs}`)])
}

const needsPages = () => {
  const wanted = wantedPages()
  return wanted !== undefined && read(built) !== wanted
}

const buildPages = () => {
  tell('Relais builds its pages…')
  const wanted = wantedPages()
  const own = at('node_modules', '.bin', 'node')
  const vite = at('node_modules', 'vite', 'bin', 'vite.js')
  const { status, stdout, stderr } = spawnSync(existsSync(own) ? own : process.execPath, [vite, 'build', 'web', '--logLevel', 'warn'], {
    cwd: root,
    encoding: 'utf8',
  })
  if (status !== 0) fail(`the pages could not be built:\n${stdout}${stderr}`)
  mkdirSync(dirname(built), { recursive: true })
  writeFileSync(built, wanted)
}

/** One at a time: two commands may be called at once in a fresh checkout. The lock of a process that died is taken over. */
const takeTurn = () => {
  for (;;) {
    try {
      const file = openSync(lock, 'wx')
      writeFileSync(file, String(process.pid))
      closeSync(file)
      return
    } catch (error) {
      if (error.code !== 'EEXIST') fail(`the folder ${root} cannot be written (${error.code}), and Relais has to install first.`)
      if (isLeftBehind()) rmSync(lock, { force: true })
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200)
    }
  }
}

const isLeftBehind = () => {
  const holder = Number(read(lock))
  if (!holder) return Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? 0) > 2_000
  try {
    process.kill(holder, 0)
    return false
  } catch (error) {
    return error.code === 'ESRCH'
  }
}

if (needsInstall() || needsPages()) {
  takeTurn()
  // Asked again: whoever had the turn before may have done it.
  if (needsInstall()) install()
  if (needsPages()) buildPages()
  rmSync(lock, { force: true })
}
// The machine's own Node may have changed since.
if (!existsSync(at('node_modules', '.bin', 'node'))) checkNode()
