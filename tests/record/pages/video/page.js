/* SPDX-License-Identifier: GPL-3.0-or-later */

import Plyr from 'plyr';
import 'plyr/dist/plyr.css';
import './page.css';
import ball from './ball.webm';

const film = document.getElementById ('film'), bare = document.getElementById ('bare');

film.src = ball;
bare.src = ball;
new Plyr (film, {
  iconUrl: 'http://elsewhere.example/modules/plyr/dist/plyr.svg', hideControls: false,
  clickToPlay: true,
  blankVideo: '', storage: { enabled: false }, speed: { selected: 1, options: [0.5, 1, 2] },
  controls: ['play-large', 'play', 'progress', 'current-time', 'duration', 'mute', 'volume',
             'settings', 'fullscreen'],
});
