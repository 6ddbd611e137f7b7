/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Animations and transitions follow the player's clock: PH_OP_JUMP of ph-patch.h puts
 * them to a time, and they stand while the player does.
 */
'use strict';

playhead.time = (() => {
  const { documents, trees, refuse } = playhead.applier;
  /* How often a transition may start another one in a jump. */
  const ROUNDS = 8;
  const SVG_ANIMATIONS = 'animate, animateColor, animateMotion, animateTransform, set';

  let playing = false;
  let jump = null; /* milliseconds, while a patch that jumps is carried out */
  let paused = new WeakSet(); /* animations that we, not the page, paused */
  let driven = new WeakSet(); /* elements one of whose animations we moved */

  function driveAnimation(animation) {
    const ours = animation.playState === 'running' || paused.has(animation);

    if (ours && animation.effect?.target)
      driven.add(animation.effect.target);

    if (jump !== null && ours) {
      if (animation.effect?.getComputedTiming().endTime === Infinity)
        animation.currentTime = jump;
      else
        animation.finish();
    }

    if (!playing && animation.playState === 'running') {
      animation.pause();
      paused.add(animation);
    } else if (playing && paused.delete(animation) && animation.playState === 'paused') {
      animation.play();
    }
  }

  /* The animations of SVG's own elements have one clock per picture. */
  function drivePictures(doc) {
    const pictures = new Set();

    for (const node of doc.querySelectorAll(SVG_ANIMATIONS)) {
      let picture = node.ownerSVGElement;

      while (picture?.ownerSVGElement)
        picture = picture.ownerSVGElement;
      if (picture)
        pictures.add(picture);
    }
    for (const picture of pictures) {
      if (jump !== null)
        picture.setCurrentTime(jump / 1000);
      if (playing)
        picture.unpauseAnimations();
      else
        picture.pauseAnimations();
    }
  }

  function tryAnimation(animation) {
    try {
      driveAnimation(animation);
    } catch (error) {
      refuse(error);
    }
  }

  /* A transition that ends may start others, of what depends on it: these end as well. */
  function driveAnimations() {
    const done = new Set();
    let found = documents();

    found.forEach(drivePictures);
    for (let round = 0; found.length > 0 && round < ROUNDS; round++) {
      found = trees().flatMap((tree) => tree.getAnimations())
        .filter((animation) => !done.has(animation));
      for (const animation of found) {
        done.add(animation);
        tryAnimation(animation);
      }
      if (jump === null)
        break;
    }
  }

  /* Taken out and put in again an element has the animations of a new one. */
  function restart(node) {
    const [parent, next] = [node.parentNode, node.nextSibling];

    if (driven.delete(node) && parent) {
      node.remove();
      parent.insertBefore(node, next);
    }
  }

  function setPlaying(wanted) {
    playing = wanted;
    jump = null;
    driveAnimations();
    playhead.media.setPlaying(wanted);
  }

  playhead.applier.atReset(() => {
    paused = new WeakSet();
    driven = new WeakSet();
  });
  playhead.applier.atRename(restart);
  playhead.applier.atStart(() => (jump = null));
  playhead.applier.operations[22] = [(a, i) => (jump = a[i]), 1];
  playhead.applier.atEnd(playhead.applier.STEP.ANIMATIONS, () => {
    if (jump !== null || !playing)
      driveAnimations();
  });

  return { setPlaying };
})();
