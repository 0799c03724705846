import './app.css'
import { mount } from 'svelte'
import App from './lib/frame/App.svelte'
import { listen } from './lib/api/ask.svelte'

mount(App, { target: document.getElementById('app') as HTMLElement })
listen()
if (import.meta.env.PROD && 'serviceWorker' in navigator) void navigator.serviceWorker.register('/sw.js')
