// Sound and a short shiver after an answer, for who switched them on.
import type { Outcome } from "../kinds";
import type { Choices } from "../store";

const TONES: Partial<Record<Outcome, number[]>> = { right: [523, 784], partly: [523, 587], wrong: [392] };
const SHIVERS: Partial<Record<Outcome, number[]>> = { right: [30], partly: [20, 60, 20], wrong: [60] };
const LENGTH = 0.12; // seconds a tone

let speaker: AudioContext | null = null;

export function feel(outcome: Outcome, choices: Choices): void {
  if (choices.haptics) navigator.vibrate?.(SHIVERS[outcome] ?? []);
  if (choices.sound) for (const [place, pitch] of (TONES[outcome] ?? []).entries()) play(pitch, place * LENGTH);
}

function play(pitch: number, after: number): void {
  speaker ??= new AudioContext();
  const begin = speaker.currentTime + after;
  const tone = speaker.createOscillator();
  const volume = speaker.createGain();
  tone.frequency.value = pitch;
  volume.gain.setValueAtTime(0.12, begin);
  volume.gain.exponentialRampToValueAtTime(0.001, begin + LENGTH * 1.5);
  tone.connect(volume).connect(speaker.destination);
  tone.start(begin);
  tone.stop(begin + LENGTH * 1.5);
}
