/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Everything the shop shows is drawn here, as inline SVG of 200 × 200. */
function mix (colour, other, amount)
{
  const parts = text => [1, 3, 5].map (i => parseInt (text.slice (i, i + 2), 16));
  const a = parts (colour), b = parts (other);

  return '#' + a.map ((v, i) => Math.round (v + (b[i] - v) * amount).toString (16)
    .padStart (2, '0')).join ('');
}

const drawings = {
  lamp: (fill, dark, light) => `
    <path d="M97 96h6v70h-6z" fill="#8b7a63"/><ellipse cx="100" cy="168" rx="30" ry="7"
      fill="#6f604d"/>
    <path d="M70 108l60 0 40 62H30z" fill="#ffe9b0" opacity=".35"/>
    <path d="M78 40h44l20 66H58z" fill="${fill}"/><path d="M78 40h12l-12 66H58z" fill="${light}"/>
    <ellipse cx="100" cy="106" rx="42" ry="6" fill="${dark}"/>`,
  pendant: (fill, dark, light) => `
    <path d="M99 0h2v56h-2z" fill="#4a433b"/><rect x="92" y="52" width="16" height="14" rx="4"
      fill="${dark}"/>
    <path d="M48 124a52 58 0 0 1 104 0z" fill="${fill}"/>
    <path d="M60 122a40 52 0 0 1 32-54 58 60 0 0 0-20 54z" fill="${light}"/>
    <ellipse cx="100" cy="124" rx="52" ry="8" fill="${dark}"/>
    <circle cx="100" cy="129" r="11" fill="#fff3cf"/><path d="M62 134h76l26 56H36z" fill="#ffe9b0"
      opacity=".28"/>`,
  mug: (fill, dark, light) => `
    <path d="M136 88c34-4 34 50-6 50" fill="none" stroke="${dark}" stroke-width="10"/>
    <path d="M58 74h82v70a22 22 0 0 1-22 22H80a22 22 0 0 1-22-22z" fill="${fill}"/>
    <path d="M58 74h16v92a22 22 0 0 1-16-22z" fill="${light}"/>
    <ellipse cx="99" cy="74" rx="41" ry="8" fill="${dark}"/><ellipse cx="99" cy="75" rx="34" ry="5"
      fill="#5a3d2b"/>
    <path d="M86 56c-8-10 8-14 0-26M108 58c-8-10 8-14 0-26" fill="none" stroke="#cbbfae"
      stroke-width="3"
      stroke-linecap="round"/>`,
  kettle: (fill, dark, light) => `
    <path d="M66 76a38 34 0 0 1 76 0" fill="none" stroke="#4a433b" stroke-width="8"/>
    <path d="M52 112L22 92l8-8 32 14z" fill="${dark}"/>
    <path d="M62 84h76c20 22 24 60 10 82H52c-14-22-10-60 10-82z" fill="${fill}"/>
    <path d="M62 84h14c-14 24-16 60-6 82H52c-14-22-10-60 10-82z" fill="${light}"/>
    <ellipse cx="100" cy="84" rx="38" ry="8" fill="${dark}"/><circle cx="100" cy="72" r="7"
      fill="#4a433b"/>`,
  bowl: (fill, dark, light) => `
    <path d="M32 92h136c0 44-26 72-68 72S32 136 32 92z" fill="${fill}"/>
    <path d="M32 92h20c2 40 16 62 34 70-34-6-54-32-54-70z" fill="${light}"/>
    <ellipse cx="100" cy="92" rx="68" ry="16" fill="${dark}"/><ellipse cx="100" cy="95" rx="58"
      ry="11" fill="${light}"/>
    <path d="M78 162h44v8H78z" fill="${dark}"/>`,
  vase: (fill, dark, light) => `
    <path d="M96 84C92 50 72 40 66 18M104 84c0-34 16-46 26-62M100 84V12" fill="none"
      stroke="#5f7550"
      stroke-width="3"/>
    <path d="M66 18c-14 4-14 22 2 24 8-8 8-18-2-24zM130 22c16 2 16 22-2 24-8-8-8-18 2-24zM100 8c12 8
      12 22 0 30-12-8-12-22 0-30z"
      fill="#86a073"/>
    <path d="M86 82h28c-2 22 30 34 30 58 0 20-16 30-44 30s-44-10-44-30c0-24 32-36 30-58z"
      fill="${fill}"/>
    <path d="M86 82h9c0 24-26 36-26 60 0 12 6 22 16 26-18-4-29-12-29-28 0-24 32-36 30-58z"
      fill="${light}"/>
    <ellipse cx="100" cy="82" rx="14" ry="4" fill="${dark}"/>`,
  plant: (fill, dark, light) => `
    <path d="M100 118C96 80 60 76 46 46c34-4 52 22 54 50 4-36 22-64 58-62-6 36-38 40-52 84z"
      fill="#6f9160"/>
    <path d="M100 116c0-36-6-66 2-96 20 28 16 62 4 96z" fill="#89ab78"/>
    <path d="M62 112h76l-10 58H72z" fill="${fill}"/><path d="M62 112h16l4 58H72z" fill="${light}"/>
    <rect x="57" y="106" width="86" height="14" rx="4" fill="${dark}"/>`,
  chair: (fill, dark, light) => `
    <path d="M62 108l-10 66M138 108l10 66M76 110l-4 52M124 110l4 52" stroke="${dark}"
      stroke-width="7"
      stroke-linecap="round"/>
    <path d="M64 30h72l-6 60H70z" fill="none" stroke="${fill}" stroke-width="8"
      stroke-linejoin="round"/>
    <path d="M86 32l4 56M114 32l-4 56M100 32v56" stroke="${light}" stroke-width="5"/>
    <path d="M56 96h88l8 18H48z" fill="${fill}"/><path d="M48 114h104v7H48z" fill="${dark}"/>`,
  stool: (fill, dark, light) => `
    <path d="M74 96l-18 78M126 96l18 78M100 98v72" stroke="#b98a4f" stroke-width="8"
      stroke-linecap="round"/>
    <path d="M64 140h72" stroke="#a0763f" stroke-width="5"/>
    <ellipse cx="100" cy="94" rx="54" ry="15" fill="${dark}"/><ellipse cx="100" cy="86" rx="54"
      ry="15" fill="${fill}"/>
    <ellipse cx="90" cy="83" rx="34" ry="7" fill="${light}"/>`,
  clock: (fill, dark, light) => `
    <circle cx="100" cy="100" r="68" fill="${dark}"/><circle cx="100" cy="100" r="60"
      fill="#fbf8f2"/>
    ${[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map (h => `<path d="M98.5 46h3v${h % 3 ? 6 : 11}h-3z"
      transform="rotate(${h * 30} 100 100)" fill="${h % 3 ? light : fill}"/>`).join ('')}
    <path d="M100 100L74 78" stroke="#2a2622" stroke-width="6" stroke-linecap="round"/>
    <path d="M100 100l30-34" stroke="#2a2622" stroke-width="4" stroke-linecap="round"/>
    <circle cx="100" cy="100" r="6" fill="${fill}"/>`,
  candle: (fill, dark, light) => `
    <path d="M100 28c14 18 14 34 0 40-14-6-14-22 0-40z" fill="#f3b34c"/>
    <path d="M100 46c6 8 6 16 0 20-6-4-6-12 0-20z" fill="#fff3cf"/><path d="M98.5 66h3v18h-3z"
      fill="#4a433b"/>
    <path d="M62 82h76v74a14 14 0 0 1-14 14H76a14 14 0 0 1-14-14z" fill="${fill}"/>
    <path d="M62 82h14v88a14 14 0 0 1-14-14z" fill="${light}"/><ellipse cx="100" cy="82" rx="38"
      ry="8" fill="${dark}"/>
    <rect x="80" y="112" width="40" height="32" rx="3" fill="#fbf3e4"/>
    <path d="M88 124h24M92 132h16" stroke="${dark}" stroke-width="3"/>`,
  basket: (fill, dark, light) => `
    <path d="M70 78a30 34 0 0 1 60 0" fill="none" stroke="${dark}" stroke-width="8"/>
    <path d="M42 78h116l-14 92H56z" fill="${fill}"/>
    <path d="M45 98h110M48 118h104M51 138h98M54 156h92" stroke="${dark}" stroke-width="4"
      stroke-dasharray="12 8"/>
    <path d="M47 108h106M50 128h100M53 148h94" stroke="${light}" stroke-width="4"
      stroke-dasharray="8 12"/>
    <rect x="38" y="72" width="124" height="12" rx="6" fill="${dark}"/>`,
  can: (fill, dark, light) => `
    <path d="M120 84c40-20 54 40 10 62" fill="none" stroke="${dark}" stroke-width="8"/>
    <path d="M66 124L26 66l10-6 40 40z" fill="${dark}"/><path d="M16 66l26-18 4 7-24 17z"
      fill="${fill}"/>
    <path d="M62 84h72l8 84H58z" fill="${fill}"/><path d="M62 84h16l-4 84H58z" fill="${light}"/>
    <ellipse cx="98" cy="84" rx="36" ry="8" fill="${dark}"/>`,
  cushion: (fill, dark, light) => `
    <path d="M38 46c40 10 84 10 124 0-10 38-10 76 0 114-40-10-84-10-124 0 10-38 10-76 0-114z"
      fill="${fill}"/>
    <path d="M56 58c-6 30-6 60 0 90M80 62c-4 26-4 52 0 78M104 62c-2 26-2 52 0 78M128 60c2 26 2 54 0
      82M148 56c4 30 4 62 0 92"
      fill="none" stroke="${light}" stroke-width="4"/>
    <path d="M38 46c40 10 84 10 124 0" fill="none" stroke="${dark}" stroke-width="4"/>`,
  board: (fill, dark, light) => `
    <path d="M88 20h24a8 8 0 0 1 8 8v26h18a10 10 0 0 1 10 10v98a10 10 0 0 1-10 10H62a10 10 0 0
      1-10-10V64a10 10 0 0 1 10-10h18V28a8 8 0 0 1 8-8z"
      fill="${fill}"/><circle cx="100" cy="36" r="6" fill="${dark}"/>
    <path d="M66 72c10 30-6 60 2 92M88 66c8 34-4 66 2 100M112 66c-6 34 8 66 0 100M132 68c-8 30 6
      64-2 96" fill="none"
      stroke="${light}" stroke-width="3"/>`,
  blanket: (fill, dark, light) => `
    <rect x="36" y="112" width="128" height="28" rx="12" fill="${dark}"/>
    <rect x="36" y="86" width="128" height="30" rx="12" fill="${fill}"/>
    <rect x="36" y="58" width="128" height="32" rx="12" fill="${light}"/>
    <path d="M120 58h14v82h-14zM140 58h6v82h-6z" fill="${dark}" opacity=".5"/>
    <path d="M40 140v14M52 140v16M64 140v14M76 140v16M88 140v14M100 140v16M112 140v14M124 140v16M136
      140v14M148 140v16M160 140v14"
      stroke="${fill}" stroke-width="3"/>`,
};

/* @place keeps gradient ids apart when one thing is on the page twice. */
export function picture (product, place)
{
  const { colour, drawing, id, name } = product;
  const fill = `url(#g-${place}-${id})`;

  return `<svg class="picture" viewBox="0 0 200 200" role="img" aria-label="${name}">
    <defs><linearGradient id="g-${place}-${id}" x1="0" y1="0" x2="1" y2="1">
      <stop offset="0" stop-color="${mix (colour, '#ffffff', 0.12)}"/>
      <stop offset="1" stop-color="${mix (colour, '#1c1712', 0.14)}"/></linearGradient></defs>
    <ellipse cx="100" cy="174" rx="66" ry="9" fill="#3a2e22" opacity=".12"/>
    ${drawings[drawing] (fill, mix (colour, '#1c1712', 0.34), mix (colour, '#ffffff', 0.3))}</svg>`;
}

export const tint = product => mix (product.colour, '#f6efe4', 0.82);

/* The room of the first page: a table, a lamp, a plant, a window. */
export const room = `<svg class="room" viewBox="0 0 520 360" role="img" aria-label="A quiet room">
  <defs>
    <linearGradient id="room-sky" x1="0" y1="0" x2="0" y2="1">
      <stop offset="0" stop-color="#bcd3dc"/><stop offset="1" stop-color="#f4dfc3"/>
        </linearGradient>
    <radialGradient id="room-glow" cx=".5" cy=".3" r=".7">
      <stop offset="0" stop-color="#ffe7ab" stop-opacity=".9"/>
      <stop offset="1" stop-color="#ffe7ab" stop-opacity="0"/></radialGradient>
    <clipPath id="room-pane"><rect x="60" y="40" width="150" height="190" rx="75"/></clipPath>
  </defs>
  <rect width="520" height="360" rx="26" fill="#ead9c3"/><rect y="290" width="520" height="70"
    fill="#d6bd9d"/>
  <g clip-path="url(#room-pane)"><rect x="60" y="40" width="150" height="190"
    fill="url(#room-sky)"/>
    <circle cx="165" cy="112" r="24" fill="#f6b968"/><path d="M50 214c40-40 70-26 96-8s40 2
      74-18v60H50z" fill="#8ba17d"/></g>
  <rect x="60" y="40" width="150" height="190" rx="75" fill="none" stroke="#fbf6ee"
    stroke-width="8"/>
  <path d="M135 40v190M60 140h150" stroke="#fbf6ee" stroke-width="5"/>
  <circle cx="390" cy="150" r="120" fill="url(#room-glow)"/>
  <path d="M362 96h56l24 62H338z" fill="#c4633f"/><path d="M362 96h15l-16 62h-23z" fill="#d98663"/>
  <path d="M386 158h8v72h-8z" fill="#7b6a55"/><ellipse cx="390" cy="232" rx="34" ry="7"
    fill="#5d5043"/>
  <rect x="250" y="234" width="226" height="14" rx="7" fill="#8c6239"/>
  <path d="M272 248l-10 84M456 248l10 84" stroke="#74502e" stroke-width="9" stroke-linecap="round"/>
  <path d="M276 192h42v26a16 16 0 0 1-16 16h-10a16 16 0 0 1-16-16z" fill="#5f8296"/>
  <path d="M318 200c16-2 16 22-2 22" fill="none" stroke="#4b6a7c" stroke-width="6"/>
  <path d="M106 286c-6-34-34-36-44-60 28-4 42 16 46 40 4-30 18-52 46-52-4 30-28 34-40 72z"
    fill="#6f9160"/>
  <path d="M78 278h62l-8 52H86z" fill="#a8573a"/><rect x="73" y="272" width="72" height="12" rx="4"
    fill="#87432c"/>
</svg>`;
