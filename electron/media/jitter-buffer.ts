// How long Chromium's jitter buffer (NetEq) remembers a rough network; its own memory holds sound back for minutes after it.

/**
 * For Chromium's switch `--force-fieldtrials`. Arrival delays are looked at each 500 ms and forgotten by `forget_factor` (as
 * NetEq comes: 0.983), late packets by `reorder_forget_factor` each packet (0.9993). So a delay of 200 ms of jitter is small
 * again within 30 s, and not after minutes; the price is a little more concealment when jitter comes back within seconds
 * (the drill `rough-network` measures both).
 */
export const jitterBufferTrials =
  'WebRTC-Audio-NetEqDelayManagerConfig/forget_factor:0.93,reorder_forget_factor:0.996/';
