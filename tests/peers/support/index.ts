// What peer tests use: real SIP software that we did not write, started and driven from TypeScript.
export { baresipPackages, startBaresip, type Baresip, type BaresipEvent, type BaresipOptions } from './baresip.ts';
export { makeCertificate, type CertificateFiles } from './certificate.ts';
export { findProgram, missingPrograms, startChild, until, type Child } from './child.ts';
export { kamailioPackages, startKamailio, type Kamailio, type KamailioOptions } from './kamailio.ts';
export { linphonePackages, startLinphone, type Linphone, type LinphoneOptions } from './linphone.ts';
export { freePort } from './ports.ts';
export {
  runSipp,
  sippPackages,
  startScenario,
  startSippCallee,
  type Scenario,
  type ScenarioOptions,
  type SippOptions,
  type SippResult,
} from './sipp.ts';
export { dominantFrequency, longestGap, power, readWav, rms, slice, writeTone, type Sound } from './tone.ts';
export { startTrapezoid, trapezoidPackages, trapezoidUnavailable, type Trapezoid } from './trapezoid.ts';
