/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Animations and transitions follow the player's clock: PH_OP_JUMP of ph-patch.h puts
 * them to a time, and they stand while the player does. Where pictures are taken one after
 * the other, each step puts them to its time: what has an end is as far as it is since the
 * step that brought it, what has none is where a jump would put it.
 */
'use strict';

playhead.time = (() => {
  const { documents, trees, refuse } = playhead.applier;
  /* How often a transition may start another one in a jump. */
  const ROUNDS = 8;
  const SVG_ANIMATIONS = 'animate, animateColor, animateMotion, animateTransform, set';

  let playing = false;
  let jump = null; /* milliseconds, while a patch that jumps is carried out */
  let step = null; /* milliseconds, while a step is carried out */
  let moving = false; /* it left something that the next step will move */
  let paused = new WeakSet(); /* animations that we, not the page, paused */
  let driven = new WeakSet(); /* elements one of whose animations we moved */
  let begun = new WeakMap(); /* animation → the step that brought it */

  function driveAnimation(animation) {
    const ours = animation.playState === 'running' || paused.has(animation);

    if (ours && animation.effect?.target)
      driven.add(animation.effect.target);

    if (jump !== null && ours) {
      if (animation.effect?.getComputedTiming().endTime === Infinity) {
        animation.currentTime = jump;
        moving ||= step !== null;
      } else {
        animation.finish();
      }
    }

    if (!playing && animation.playState === 'running') {
      animation.pause();
      paused.add(animation);
    } else if (playing && paused.delete(animation) && animation.playState === 'paused') {
      animation.play();
    }
  }

  function stepAnimation(animation) {
    const end = animation.effect?.getComputedTiming().endTime ?? 0;

    if (animation.playState === 'running') {
      animation.pause();
      paused.add(animation);
    } else if (!paused.has(animation)) {
      return;
    }

    if (!begun.has(animation))
      begun.set(animation, step);
    if (animation.effect?.target)
      driven.add(animation.effect.target);

    const at = end === Infinity ? step : step - begun.get(animation);

    if (at < end) {
      animation.currentTime = at;
      moving = true;
    } else {
      paused.delete(animation);
      animation.finish();
    }
  }

  /* The animations of SVG's own elements have one clock per picture. */
  function drivePictures(doc) {
    const pictures = new Set();
    const at = jump ?? step;

    for (const node of doc.querySelectorAll(SVG_ANIMATIONS)) {
      let picture = node.ownerSVGElement;

      while (picture?.ownerSVGElement)
        picture = picture.ownerSVGElement;
      if (picture)
        pictures.add(picture);
    }
    for (const picture of pictures) {
      if (at !== null)
        picture.setCurrentTime(at / 1000);
      if (playing)
        picture.unpauseAnimations();
      else
        picture.pauseAnimations();
      moving ||= step !== null;
    }
  }

  function tryAnimation(animation) {
    try {
      if (step !== null && jump === null)
        stepAnimation(animation);
      else
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
      if (jump === null && step === null)
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
    jump = step = null;
    driveAnimations();
    playhead.media.setPlaying(wanted);
  }

  playhead.applier.atReset(() => {
    paused = new WeakSet();
    driven = new WeakSet();
    begun = new WeakMap();
  });
  playhead.applier.atRename(restart);
  playhead.applier.atStart((time) => {
    jump = null;
    step = time;
    moving = false;
  });
  playhead.applier.operations[22] = [(a, i) => (jump = a[i]), 1];
  playhead.applier.atEnd(playhead.applier.STEP.ANIMATIONS, () => {
    if (jump !== null || step !== null || !playing)
      driveAnimations();
  });

  return { setPlaying, isMoving: () => moving };
})();
