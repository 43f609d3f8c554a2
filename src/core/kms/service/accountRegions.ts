/** The Regions of the caller's account. */
export interface AccountRegions {
  /**
   * The names of the Regions that the account has enabled, sorted, by EC2 DescribeRegions; with an emulator every Region of
   * its partition, without a call. Rejects with ACCESS_DENIED where the permission `ec2:DescribeRegions` is missing.
   */
  enabledRegions(signal: AbortSignal): Promise<readonly string[]>;
}
