import { FlowLogDestination, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { BankLogGroup } from './bank-log-group.ts';

/**
 * Where the database stands: subnets with a route to nowhere. No internet gateway, no NAT, nothing to come in by or go
 * out through; the Data API reaches the cluster from inside Aurora's own service. What moves in it all the same is logged.
 */
export class BankNetwork extends Vpc {
  constructor(scope: Construct, id: string, { config }: { readonly config: StageConfig }) {
    super(scope, id, {
      maxAzs: 2,
      natGateways: 0,
      createInternetGateway: false,
      subnetConfiguration: [{ name: 'database', subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 24 }],
      // Nothing joins the default group; closing it would take a custom resource with powers over security groups.
      restrictDefaultSecurityGroup: false,
    });
    const destination = FlowLogDestination.toCloudWatchLogs(new BankLogGroup(this, 'Traffic', { config }));
    this.addFlowLog('FlowLog', { destination });
  }
}
