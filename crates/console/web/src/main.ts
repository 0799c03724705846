import './app.css'
import { mount } from 'svelte'
import App from './lib/frame/App.svelte'
import { listen } from './lib/api/ask.svelte'

const target = document.getElementById('app') as HTMLElement
target.replaceChildren()
mount(App, { target })
listen()
if (import.meta.env.PROD && 'serviceWorker' in navigator) void navigator.serviceWorker.register('/sw.js')
