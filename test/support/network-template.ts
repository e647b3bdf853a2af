const subnet = (zone: string, block: string) => ({
  Type: "AWS::EC2::Subnet",
  Properties: { VpcId: { Ref: "Network" }, CidrBlock: block, AvailabilityZone: zone },
});

/** A network with two private subnets, as CloudFormation makes it; its outputs are the parameters of deploy/mlflow. */
export const networkTemplate = {
  Resources: {
    Network: { Type: "AWS::EC2::VPC", Properties: { CidrBlock: "10.0.0.0/16" } },
    SubnetA: subnet("eu-central-1a", "10.0.0.0/24"),
    SubnetB: subnet("eu-central-1b", "10.0.1.0/24"),
    Clients: {
      Type: "AWS::EC2::SecurityGroup",
      Properties: { GroupDescription: "Functions", VpcId: { Ref: "Network" } },
    },
  },
  Outputs: {
    VpcId: { Value: { Ref: "Network" } },
    SubnetIds: { Value: { "Fn::Join": [",", [{ Ref: "SubnetA" }, { Ref: "SubnetB" }]] } },
    ClientSecurityGroupId: { Value: { "Fn::GetAtt": ["Clients", "GroupId"] } },
  },
};
