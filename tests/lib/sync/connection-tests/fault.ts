import type { Step } from "#lib/connection-test/index.ts";
import type { DoctorStage } from "#tests/support/doctor-stage.ts";

/** A fault of the simulator, and which step has to name its cause. */
export type Fault = {
  fault: string;
  /** As which LMS the platform is registered; `canvas` unless said. */
  profile?: string;
  arrange(stage: DoctorStage): Promise<unknown>;
  step: Step["key"];
  state: Step["state"];
  owner: Step["owner"];
  /** What the likely cause, or the summary where there is none, must speak of. */
  names: RegExp;
  /** Other audiences are offered afterwards. */
  isProbeOffered?: true;
  /** The test runs where private networks are out of bounds. */
  isGuarded?: true;
};
