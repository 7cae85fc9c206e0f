package cloud.enact.policy.cerbos.expression;

import cloud.enact.policy.cerbos.expression.FunctionLibrary.Parameter;
import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionOverload;

/** Addresses and ranges of addresses; nothing is looked up. */
final class NetworkFunctions {

    private static final CelType ADDRESS_TYPE = OpaqueType.create("net.IP");

    private static final CelType RANGE_TYPE = OpaqueType.create("net.CIDR");

    private static final Parameter ADDRESS = new Parameter(ADDRESS_TYPE, IpAddress.class);

    private static final Parameter RANGE = new Parameter(RANGE_TYPE, IpRange.class);

    private NetworkFunctions() {}

    static void addTo(FunctionLibrary library) {
        library.member(
                        "inIPAddrRange",
                        SimpleType.BOOL,
                        args -> IpRange.of((String) args[1])
                                .unmapped()
                                .contains(IpAddress.of((String) args[0]).unmapped()),
                        Parameter.TEXT,
                        Parameter.TEXT)
                .global("isIP", SimpleType.BOOL, args -> IpAddress.parse((String) args[0]) != null, Parameter.TEXT)
                .global("isCIDR", SimpleType.BOOL, args -> IpRange.parse((String) args[0]) != null, Parameter.TEXT)
                .global("ip", ADDRESS_TYPE, args -> IpAddress.of((String) args[0]), Parameter.TEXT)
                .global("cidr", RANGE_TYPE, args -> IpRange.of((String) args[0]), Parameter.TEXT)
                .global("ip.isCanonical", SimpleType.BOOL, NetworkFunctions::isCanonical, Parameter.TEXT);
        ofAddress(library, "family", SimpleType.INT, args -> address(args).isV4() ? 4L : 6L);
        ofAddress(library, "isLoopback", SimpleType.BOOL, args -> address(args).isLoopback());
        ofAddress(
                library, "isUnspecified", SimpleType.BOOL, args -> address(args).isUnspecified());
        ofAddress(
                library,
                "isGlobalUnicast",
                SimpleType.BOOL,
                args -> address(args).isGlobalUnicast());
        ofAddress(
                library,
                "isLinkLocalUnicast",
                SimpleType.BOOL,
                args -> address(args).isLinkLocalUnicast());
        ofAddress(
                library,
                "isLinkLocalMulticast",
                SimpleType.BOOL,
                args -> address(args).isLinkLocalMulticast());
        ofRange(library, "ip", ADDRESS_TYPE, args -> range(args).address());
        ofRange(library, "masked", RANGE_TYPE, args -> range(args).masked());
        ofRange(library, "prefixLength", SimpleType.INT, args ->
                (long) range(args).length());
        ofRange(
                library,
                "isMask",
                SimpleType.BOOL,
                args -> range(args).equals(range(args).masked()));
        addContains(library);
    }

    private static void addContains(FunctionLibrary library) {
        library.member("containsIP", SimpleType.BOOL, args -> range(args).contains((IpAddress) args[1]), RANGE, ADDRESS)
                .member(
                        "containsIP",
                        SimpleType.BOOL,
                        args -> range(args).contains(IpAddress.of((String) args[1])),
                        RANGE,
                        Parameter.TEXT)
                .member("containsCIDR", SimpleType.BOOL, args -> range(args).contains((IpRange) args[1]), RANGE, RANGE)
                .member(
                        "containsCIDR",
                        SimpleType.BOOL,
                        args -> range(args).contains(IpRange.of((String) args[1])),
                        RANGE,
                        Parameter.TEXT);
    }

    private static boolean isCanonical(Object... args) {
        return IpAddress.of((String) args[0]).toText().equals(args[0]);
    }

    private static void ofAddress(FunctionLibrary library, String name, CelType result, CelFunctionOverload body) {
        library.member(name, result, body, ADDRESS);
    }

    private static void ofRange(FunctionLibrary library, String name, CelType result, CelFunctionOverload body) {
        library.member(name, result, body, RANGE);
    }

    private static IpAddress address(Object... args) {
        return (IpAddress) args[0];
    }

    private static IpRange range(Object... args) {
        return (IpRange) args[0];
    }
}
