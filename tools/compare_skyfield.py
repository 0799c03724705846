"""What Skyfield says about the events that `crates/orbit` finds, and how long it takes.

    pip install skyfield skyfield-data
    python tools/compare_skyfield.py facts    # rows for crates/orbit/tests/it/skyfield.rs, times to a millisecond
    python tools/compare_skyfield.py speed    # CPU seconds for a year of contacts of the sites of benches/events.rs

Nothing is downloaded: the time scale is Skyfield's own, the Sun is JPL's DE421 out of skyfield-data.
"""

import re
import sys
import time
import warnings
from pathlib import Path

from skyfield.api import EarthSatellite, load, load_file, wgs84
from skyfield_data import get_skyfield_data_path

warnings.filterwarnings("ignore")
SCALE = load.timescale(builtin=True)
# CelesTrak, stations, 2026-05-30
STATION = EarthSatellite(
    "1 25544U 98067A   26150.51748228  .00011776  00000+0  21767-3 0  9998",
    "2 25544  51.6337  27.5746 0007245 114.7080 245.4664 15.49496548569014",
    "ISS",
    SCALE,
)
BENCH = Path(__file__).parent.parent / "crates/orbit/benches/events.rs"
# id, latitude and longitude in degrees, height in metres, mask in degrees
SITES = [
    ("houston", 29.56, -95.09, 10, 5),
    ("korolyov", 55.92, 37.83, 160, 7),
    ("weilheim", 47.88, 11.08, 560, 10),
    ("santiago", -33.15, -70.67, 730, 20),
]
MILLISECOND = 0.001 / 86_400


def bisect(signal, low, high):
    """The terrestrial time between two Julian dates at which a truth value changes."""
    before = signal(SCALE.tt_jd(low))
    while high - low > MILLISECOND / 4:
        middle = (low + high) / 2
        if signal(SCALE.tt_jd(middle)) == before:
            low = middle
        else:
            high = middle
    return SCALE.tt_jd((low + high) / 2)


def iso(moment):
    return moment.utc_iso(places=3)


def contacts(site, begin, end):
    """Rise, culmination and set of each whole contact; `find_events` stops at half a second, so its edges are polished."""
    name, latitude, longitude, height, mask = site
    place = wgs84.latlon(latitude, longitude, elevation_m=height)
    sky = STATION - place
    moments, kinds = STATION.find_events(place, begin, end, altitude_degrees=mask)
    for k in range(len(kinds) - 2):
        if list(kinds[k : k + 3]) == [0, 1, 2]:
            above = lambda moment: sky.at(moment).altaz()[0].degrees > mask
            rise, top, fall = (moments[k + i].tt for i in range(3))
            rise, fall = (bisect(above, edge - 3 / 86_400, edge + 3 / 86_400) for edge in (rise, fall))
            azimuth_rise, azimuth_set = (sky.at(moment).altaz()[1].degrees for moment in (rise, fall))
            highest, _, distance = sky.at(moments[k + 1]).altaz()
            yield (
                f'("{name}", "{iso(rise)}", {azimuth_rise:.2f}, "{iso(moments[k + 1])}", {highest.degrees:.2f}, '
                f'{distance.km:.1f}, "{iso(fall)}", {azimuth_set:.2f}),'
            )


def changes(signal, begin, end, step_s):
    """Every change of a truth value, looked for at each `step_s` and polished."""
    step = step_s / 86_400
    at, now = begin.tt, signal(begin)
    while at < end.tt:
        if signal(SCALE.tt_jd(at + step)) != now:
            now = not now
            yield bisect(signal, at, at + step), now
        at += step


def facts():
    planets = load_file(f"{get_skyfield_data_path()}/de421.bsp")
    begin = SCALE.utc(2026, 5, 30, 13)
    print("contacts")
    for site in SITES:
        for row in contacts(site, begin, begin + 1.5):
            print(row)
    sunlit = lambda moment: bool(STATION.at(moment).is_sunlit(planets))
    print("shadow")
    for moment, lit in changes(sunlit, begin, begin + 0.5, 60):
        print(f'("{iso(moment)}", {str(lit).lower()}),')
    print("visible passes")
    for name, latitude, longitude, height, mask in SITES:
        place = wgs84.latlon(latitude, longitude, elevation_m=height)
        sky, ground = STATION - place, planets["earth"] + place
        dark = lambda moment: ground.at(moment).observe(planets["sun"]).apparent().altaz()[0].degrees < -6
        visible = lambda moment: sky.at(moment).altaz()[0].degrees > mask and sunlit(moment) and dark(moment)
        for top in STATION.find_events(place, begin, begin + 4, altitude_degrees=mask)[0][1::3]:
            seen = [iso(moment) for moment, _ in changes(visible, top - 0.005, top + 0.005, 5)]
            if seen:
                print(f'("{name}", "{seen[0]}", "{seen[-1]}"),')


def speed():
    begin, end = SCALE.utc(2026, 5, 30, 13), SCALE.utc(2027, 5, 30, 13)
    row = r'\("([^"]+)", (-?[\d.]+), (-?[\d.]+), (-?[\d.]+)\)'
    sites = re.findall(row, BENCH.read_text())
    found, started = 0, time.process_time()
    for _, latitude, longitude, mask in sites:
        place = wgs84.latlon(float(latitude), float(longitude))
        found += list(STATION.find_events(place, begin, end, altitude_degrees=float(mask))[1]).count(1)
    print(f"{len(sites)} sites, {found} culminations, {time.process_time() - started:.1f} CPU seconds")


{"facts": facts, "speed": speed}[sys.argv[1]]()
