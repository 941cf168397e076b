package io.github.k2connect.docs;

import io.github.k2connect.K2Location;
import io.github.k2connect.stk.StkPushRequest;
import io.github.k2connect.stk.StkService;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The call of a service in an application on WebFlux.
 */
class ReactiveCheckout {

	private final StkService stkService;

	ReactiveCheckout(StkService stkService) {
		this.stkService = stkService;
	}

	Mono<K2Location> pay(StkPushRequest request) {
		return Mono.fromCallable(() -> this.stkService.initiateIncomingPayment(request))
			.subscribeOn(Schedulers.boundedElastic());
	}

}
