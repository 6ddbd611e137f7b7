/* SPDX-License-Identifier: GPL-3.0-or-later */

import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import styled, { createGlobalStyle, css, keyframes } from 'styled-components';
import './page.css';

const rise = keyframes`
  from { opacity: 0; transform: translateY(8px); }
  to { opacity: 1; transform: none; }`;
const Base = createGlobalStyle`
  body { font: 15px/22px "DejaVu Sans"; color: ${p => p.$night ? '#e8e6df' : '#22301f'};
    background: ${p => p.$night ? '#1d241b' : '#f7f5ec'}; }
  ::selection { background: #fd8; }
`;
const Page = styled.main`max-width: 860px; margin: 0 auto; padding: 16px;`;
const Bar = styled.div`display: flex; gap: 8px; margin-bottom: 16px; align-items: center;`;
const Button = styled.button`
  font: inherit; padding: 4px 14px; border: 1px solid transparent; border-radius: 6px;
  cursor: pointer;
  background: ${p => p.$primary ? '#3a7d34' : '#dcd8c6'};
  color: ${p => p.$primary ? '#fff' : '#222'};
  &:hover { filter: brightness(1.1); box-shadow: 0 2px 6px rgba(0, 0, 0, 0.3); }
  &:focus { outline: 2px solid #e07b00; }
  &:disabled { opacity: 0.4; cursor: default; }
  ${p => p.$wide && css`flex: 1; text-transform: uppercase;`}
`;
const Field = styled.input`
  box-sizing: border-box; width: 200px; height: 32px; font: inherit;
  padding: 4px 8px; border: 1px solid #998; border-radius: 6px;
  &:focus { outline: 2px solid #e07b00; border-color: #e07b00; }
  &:invalid { background: #fdd; }`;
const Cards = styled.ul`display: grid; gap: 12px; padding: 0; list-style: none;
  grid-template-columns: repeat(3, 1fr);
  @media (max-width: 640px) { grid-template-columns: 1fr; }`;
const Card = styled.li.attrs (p => ({ 'data-kind': p.$kind }))`
  padding: 12px; border-left: 6px solid hsl(${p => p.$hue}, 60%, 45%); border-radius: 4px;
  background: ${p => p.$night ? '#2a3327' : '#fff'}; animation: ${rise} 200ms ease-out;
  &:hover { background: hsl(${p => p.$hue}, 60%, 92%); color: #222; }
  &[data-kind='bean']::after { content: ' · climbs'; color: #888; }
  ${Button} { margin-top: 8px; }
`;
const Chip = styled.span`display: inline-block; padding: 0 8px; border-radius: 11px;
  background: ${p => p.color}; color: #fff; font-size: 12px;`;
const Shade = styled.div`position: fixed; inset: 0; background: rgba(0, 0, 0, 0.5);
  display: flex; align-items: center; justify-content: center;`;
const Box = styled.section`width: 380px; padding: 20px; border-radius: 10px; background: #fff;
  color: #222; h2 { margin-top: 0; font-size: 20px; }`;

const KINDS = ['bean', 'kale', 'beet', 'leek', 'pea', 'squash'];
const NAMES = ['Runner', 'Cavolo', 'Chioggia', 'Blue Green', 'Alderman', 'Hubbard', 'Borlotti',
               'Red Russian', 'Cylindra'];
const SEEDS = NAMES.map ((name, i) => ({ id: i, name, kind: KINDS[i % 6], left: 3 + i * 5 % 7 }));

function Swap ()
{
  const [night, setNight] = useState (false);
  const [seeds, setSeeds] = useState (SEEDS);
  const [find, setFind] = useState ('');
  const [mail, setMail] = useState ('');
  const [open, setOpen] = useState (null);
  const [order, setOrder] = useState (1);
  const take = id => setSeeds (seeds.map (seed =>
    seed.id === id ? { ...seed, left: seed.left - 1 } : seed));
  const shown = seeds.filter (({ name, kind }) => `${name} ${kind}`.toLowerCase ().includes (find))
    .sort ((a, b) => order * (a.name < b.name ? -1 : 1));

  return (
    <Page>
      <Base $night={night} />
      <h1>Seed swap</h1>
      <Bar>
        <Field id="find" placeholder="find" value={find} onChange={e => setFind (e.target.value)} />
        <Button id="night" onClick={() => setNight (!night)}>{night ? 'Day' : 'Night'}</Button>
        <Button id="order" $primary onClick={() => setOrder (-order)}>Turn round</Button>
        <Button id="add" $wide onClick={() => setSeeds ([...seeds,
          { id: seeds.length, name: `New ${seeds.length}`, kind: 'bean', left: 1 }])}>Add</Button>
      </Bar>
      <Cards>
        {shown.map (({ id, name, kind, left }) => (
          <Card key={id} $kind={kind} $hue={id * 40} $night={night}>
            <strong>{name}</strong>{' '}
            <Chip color={left > 2 ? '#3a7d34' : '#b3261e'}>{left} left</Chip>
            <br />
            <Button className="take" disabled={left === 0} onClick={() => take (id)}>
              Take
            </Button>{' '}
            <Button className="ask" $primary onClick={() => setOpen (name)}>Ask</Button>
          </Card>
        ))}
      </Cards>
      {open && (
        <Shade>
          <Box>
            <h2>{open}</h2>
            <Field id="mail" type="email" placeholder="mail" value={mail}
              onChange={e => setMail (e.target.value)} />{' '}
            <Button id="send" disabled={!mail.includes ('@')} onClick={() => setOpen (null)}>
              Send
            </Button>
          </Box>
        </Shade>
      )}
    </Page>
  );
}

createRoot (document.getElementById ('root')).render (<Swap />);
