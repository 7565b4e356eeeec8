import { SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';

/**
 * Where the database stands: subnets with a route to nowhere. No internet gateway, no NAT, nothing to come in by or go
 * out through; the Data API reaches the cluster from inside Aurora's own service.
 */
export class BankNetwork extends Vpc {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      maxAzs: 2,
      natGateways: 0,
      createInternetGateway: false,
      subnetConfiguration: [{ name: 'database', subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 24 }],
      // Nothing joins the default group; closing it would take a custom resource with powers over security groups.
      restrictDefaultSecurityGroup: false,
    });
  }
}
