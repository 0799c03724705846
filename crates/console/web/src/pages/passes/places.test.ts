import { expect, test } from 'vitest'
import type { Site } from '../../lib/api/types'
import { arc, coordinates, find, place } from './places'

test.each([
  ['45.5, -73.6', [45.5, -73.6]],
  ['45.5 N 73.6 W', [45.5, -73.6]],
  ['33.9°S, 151.2°E', [-33.9, 151.2]],
  ['0 0', [0, 0]],
])('%o is a place', (text, [lat, lon]) => expect(coordinates(text)).toMatchObject({ lat, lon }))

test.each(['', 'Montréal', '91, 0', '0, 181', '45.5', '45.5 W 73.6 N'])('%o is none', (text) => expect(coordinates(text)).toBeUndefined())

const sites = [{ id: 'houston', name: 'Houston', kind: 'control-centre', lat_deg: 29.6, lon_deg: -95.1 }, { id: 'montreal', name: 'Montréal', kind: 'city', lat_deg: 45.5, lon_deg: -73.6 }] as Site[]

test('a place is found without its accents, and by its id in the address', () => {
  expect(find(sites, 'montreal').map((s) => s.id)).toEqual(['montreal'])
  expect(find(sites, '')[0].id).toBe('montreal')
  expect(place('montreal', sites)).toMatchObject({ name: 'Montréal', site: 'montreal' })
  expect(place('10.00,20.00', sites)).toMatchObject({ lat: 10, lon: 20 })
  expect(place('nowhere', sites)).toBeUndefined()
})

test('an arc goes through rise, culmination and set, and never under its lower end', () => {
  const pass = { rise: { azimuth_deg: 300, elevation_deg: 10 }, culmination: { azimuth_deg: 20, elevation_deg: 50 }, set: { azimuth_deg: 90, elevation_deg: 21 } }
  const points = arc(pass)
  expect(points[0].map(Math.round)).toEqual([300, 10])
  expect(points[12].map(Math.round)).toEqual([20, 50])
  expect(points.at(-1)!.map(Math.round)).toEqual([90, 21])
  expect(points.every(([, e]) => e >= 9.99)).toBe(true)
})
