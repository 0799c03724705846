// Keeps the console readable without a connection: the built files, and the last answer to every question asked.
const FILES = __FILES__
const SHELL = 'shell-__VERSION__'
const ANSWERS = 'answers'
const MOST_ANSWERS = 200

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(SHELL).then((c) => c.addAll(FILES)).then(() => self.skipWaiting()))
})

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches.keys()
      .then((names) => Promise.all(names.filter((n) => n !== SHELL && n !== ANSWERS).map((n) => caches.delete(n))))
      .then(() => self.clients.claim()),
  )
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== location.origin || url.pathname === '/api/v1/stream') return
  if (url.pathname.startsWith('/api/')) event.respondWith(lastAnswer(request))
  else event.respondWith(shellFile(request))
})

/** Built files have the hash of their content in their name, so what is kept is right; a page is asked for first. */
async function shellFile(request) {
  const shell = await caches.open(SHELL)
  if (request.mode !== 'navigate') return (await shell.match(request)) ?? fetch(request)
  try {
    const fresh = await fetch(request)
    if (fresh.ok) return fresh
  } catch { /* no connection: the kept page */ }
  return (await shell.match('/')) ?? Response.error()
}

/** The server's answer; without a connection the one kept, marked with when it was given. */
async function lastAnswer(request) {
  const answers = await caches.open(ANSWERS)
  try {
    const fresh = await fetch(request)
    if (fresh.ok) await keep(answers, request, fresh.clone())
    return fresh
  } catch (error) {
    const old = await answers.match(request)
    if (old) return old
    throw error
  }
}

async function keep(answers, request, response) {
  const headers = new Headers(response.headers)
  headers.set('x-kept-at', new Date().toISOString())
  // What is kept has been decoded.
  headers.delete('content-encoding')
  headers.delete('content-length')
  await answers.put(request, new Response(await response.blob(), { status: response.status, headers }))
  const all = await answers.keys()
  await Promise.all(all.slice(0, Math.max(0, all.length - MOST_ANSWERS)).map((r) => answers.delete(r)))
}
