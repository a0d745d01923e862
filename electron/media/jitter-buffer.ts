// How long Chromium's jitter buffer (NetEq) remembers a rough network; its own memory holds sound back for minutes after it.

/**
 * For Chromium's switch `--force-fieldtrials`. NetEq takes the longest arrival delay of each 500 ms, forgets it by
 * `forget_factor` (as it comes: 0.983) and holds sound back by the `quantile` (0.95) of what it remembers; late packets it
 * forgets by `reorder_forget_factor` each packet (0.9993). These let the delay of a rough network go within half a minute and
 * not within minutes, and no single stall makes it longer. The drill `rough-network` measures what that costs.
 */
export const jitterBufferTrials =
  'WebRTC-Audio-NetEqDelayManagerConfig/quantile:0.9,forget_factor:0.92,reorder_forget_factor:0.996/';
